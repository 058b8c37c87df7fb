import { createRequire } from "node:module";

const nodeMajor = Number(process.versions.node.split(".")[0]);

/** better-sqlite3 for the Node that runs: version 13 needs Node 22, version 12 ends its worker on Node 24. */
export const Database = createRequire(import.meta.url)(
  nodeMajor >= 22 ? "better-sqlite3" : "better-sqlite3-node20",
);
