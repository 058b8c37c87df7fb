const { defineSync, table, text: words } = require("sync-gen");

module.exports = defineSync({
  tables: {
    tasks: table({ policy: "hlc", fields: { title: words() } }),
  },
});
