import { defineSync, integer, table, text, timestamp } from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex", tests: true, rateLimit: true },
  tables: {
    visits: table({ policy: "mobile-wins", fields: { place: text() } }),
    orders: table({
      policy: "mobile-wins",
      deletes: "win",
      fields: { customer: text() },
    }),
    prices: table({
      policy: "server-wins",
      operations: ["update"],
      fields: { amount: integer() },
    }),
    notes: table({ policy: "last-write-wins", fields: { body: text() } }),
    places: table({
      policy: "hlc",
      operations: ["create", "delete"],
      fields: { label: text() },
    }),
    contacts: table({
      policy: "field-merge",
      fields: { name: text(), phone: text().optional() },
    }),
    readings: table({
      policy: "append-only",
      fields: { value: integer(), takenAt: timestamp() },
    }),
    scores: table({
      policy: "max-wins",
      by: "points",
      uniqueBy: ["level"],
      fields: { level: text(), points: integer() },
    }),
    drafts: table({ policy: "manual", fields: { body: text() } }),
    settings: table({
      policy: "custom",
      merge: "./shared/merge#mergeSettings",
      fields: { name: text(), value: text() },
    }),
    themes: table({
      policy: "custom",
      merge: { path: "./shared/themes", export: "custom" },
      fields: { name: text() },
    }),
  },
});
