import {
  choice,
  defineSync,
  json,
  reference,
  table,
  text,
  timestamp,
} from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    lists: table({ policy: "server-wins", fields: { name: text() } }),
    tasks: table({
      policy: "mobile-wins",
      renamedFrom: "todos",
      fields: {
        text: text().renamedFrom("title"),
        priority: choice(["low", "normal", "high", "extreme"])
          .default("normal")
          .renamedFrom("urgency")
          .index(),
        list: reference("lists").optional(),
        dueAt: timestamp().optional(),
        place: json<{ lat: number; lng: number }>().default({ lat: 0, lng: 0 }),
      },
    }),
  },
});
