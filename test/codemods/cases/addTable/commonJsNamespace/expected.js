const sync = require("sync-gen");

module.exports = sync.defineSync({
  tables: {
    tasks: sync.table({ policy: "hlc", fields: { title: sync.text() } }),
    notes: sync.table({
      policy: "mobile-wins",
      operations: ["create", "update"],
      fields: {
        title: sync.text(),
        priority: sync.choice(["low", "high"]).default("low"),
        tags: sync.json().default([]),
      },
    }),
  },
});
