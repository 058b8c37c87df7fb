export { default } from "./src/Root";
