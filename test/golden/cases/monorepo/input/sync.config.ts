import { boolean, defineSync, json, table, text } from "sync-gen";
import type { Place } from "./packages/backend/place";

export default defineSync({
  client: { store: "expo-sqlite", out: "apps/native/src" },
  server: { backend: "convex", out: "packages/backend/convex" },
  tables: {
    tasks: table({
      policy: "mobile-wins",
      fields: {
        text: text(),
        isDone: boolean().default(false),
        place: json<Place>().optional(),
      },
    }),
  },
});
