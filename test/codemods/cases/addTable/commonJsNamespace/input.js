const sync = require("sync-gen");

module.exports = sync.defineSync({
  tables: {
    tasks: sync.table({ policy: "hlc", fields: { title: sync.text() } }),
  },
});
