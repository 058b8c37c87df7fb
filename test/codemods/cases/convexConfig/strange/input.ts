export { default } from "@acme/backend/app";
