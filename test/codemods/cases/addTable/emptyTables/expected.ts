import { defineSync, table, text, choice, json } from "sync-gen";

export default defineSync({
  tables: {
    notes: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        title: text(),
        priority: choice(["low", "high"]).default("low"),
        tags: json<string[]>().default([]),
      },
    }),
  },
});
