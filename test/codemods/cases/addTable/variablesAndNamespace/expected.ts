import * as sync from "sync-gen";

const shared = { owner: sync.text() };
const fields = { ...shared, title: sync.text() };
const tasks = sync.table({ policy: "hlc", fields });
const tables = {
    tasks,
    notes: sync.table({
        policy: "mobile-wins",
        operations: ["create", "update"],
        fields: {
            title: sync.text(),
            priority: sync.choice(["low", "high"]).default("low"),
            tags: sync.json<string[]>().default([]),
        },
    }),
} satisfies Record<string, unknown>;

const config = sync.defineSync({ tables });
export default config;
