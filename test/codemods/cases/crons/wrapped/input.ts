import { makeCrons } from "./makeCrons";

export default makeCrons();
