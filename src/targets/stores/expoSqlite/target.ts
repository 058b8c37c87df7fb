import type { StoreTarget } from "../../target";
import { expoSqliteFiles } from "./files";

/** SQLite on phones, and in browsers through WebAssembly; read with Drizzle. */
export const expoSqlite: StoreTarget = {
  id: "expo-sqlite",
  title: "Expo SQLite with Drizzle",
  capabilities: { transactions: true, migrations: true, deviceOnlyFields: true },
  files: expoSqliteFiles,
};
