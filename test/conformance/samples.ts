import type { NewOp, StoredRow } from "../../templates/client/sync/ports";
import type { Fields } from "../../templates/shared/protocol";

/** A stamp that sorts by its position. */
export const stampOf = (position: number) => String(position).padStart(19, "0");

/** A row of the fixture's `tasks`. */
export function taskRow(
  clientId: string,
  change: Partial<StoredRow> = {},
  fields: Fields = {},
): StoredRow {
  return {
    clientId,
    serverId: null,
    scopeId: null,
    userId: "user",
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_001,
    syncStatus: "synced",
    changed: null,
    ...change,
    fields: {
      text: "text",
      done: false,
      priority: "normal",
      project: null,
      weight: null,
      details: null,
      ...fields,
    },
  };
}

/** An op of the fixture's `tasks`. */
export function taskOp(opId: string, clientId: string, change: Partial<NewOp> = {}): NewOp {
  return {
    opId,
    table: "tasks",
    clientId,
    scopeId: null,
    kind: "create",
    fields: { text: "text" },
    base: null,
    baseStamp: null,
    baseUpdatedAt: null,
    edited: "000000000000001-0000-node0000",
    clocks: null,
    schemaVersion: 1,
    group: null,
    userId: "user",
    state: "waiting",
    server: null,
    sealedBy: null,
    carriedBy: null,
    attempts: 0,
    lastAttemptAt: null,
    outcome: null,
    code: null,
    message: null,
    createdAt: 1_700_000_000_000,
    ...change,
  };
}
