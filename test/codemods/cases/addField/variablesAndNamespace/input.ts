import * as sync from "sync-gen";

const shared = { owner: sync.text() };
const fields = { ...shared, title: sync.text() };
const tasks = sync.table({ policy: "hlc", fields });
const tables = {
    tasks,
} satisfies Record<string, unknown>;

const config = sync.defineSync({ tables });
export default config;
