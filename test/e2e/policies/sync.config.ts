import { defineSync, integer, table, text } from "sync-gen";

// One table for each policy that the example has none of. They differ in who wins, not in what they hold.
export default defineSync({
  client: { store: "expo-sqlite", out: "src", background: true },
  server: { backend: "convex", out: "convex" },
  tables: {
    settings: table({ policy: "last-write-wins", fields: { value: text() } }),
    clauses: table({ policy: "hlc", fields: { wording: text() } }),
    contacts: table({ policy: "field-merge", fields: { name: text(), phone: text() } }),
    readings: table({ policy: "append-only", fields: { value: integer() } }),
    scores: table({ policy: "max-wins", by: "points", fields: { points: integer() } }),
    remarks: table({
      policy: "custom",
      merge: "./merge/remarks#joinRemarks",
      fields: { body: text() },
    }),
  },
});
