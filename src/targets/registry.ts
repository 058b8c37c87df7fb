import type { BackendId, StoreId } from "../model/model";
import { convex } from "./backends/convex/target";
import { expoSqlite } from "./stores/expoSqlite/target";
import type { BackendTarget, StoreTarget } from "./target";

/** Every store, by the id that a config names it with. */
export const stores: { readonly [Id in StoreId]: StoreTarget } = { "expo-sqlite": expoSqlite };

/** Every backend, by the id that a config names it with. */
export const backends: { readonly [Id in BackendId]: BackendTarget } = { convex };
