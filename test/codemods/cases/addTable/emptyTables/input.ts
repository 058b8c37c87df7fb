import { defineSync } from "sync-gen";

export default defineSync({
  tables: {},
});
