const { defineSync, table, text: words, choice, json } = require("sync-gen");

module.exports = defineSync({
  tables: {
    tasks: table({ policy: "hlc", fields: { title: words() } }),
    notes: table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        title: words(),
        priority: choice(["low", "high"]).default("low"),
        tags: json().default([]),
      },
    }),
  },
});
