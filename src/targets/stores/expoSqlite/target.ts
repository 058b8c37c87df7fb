import type { StoreTarget } from "../../target";
import { expoSqliteFiles } from "./files";

/** SQLite on phones, and in browsers through WebAssembly; read with Drizzle. */
export const expoSqlite: StoreTarget = {
  files: expoSqliteFiles,
};
