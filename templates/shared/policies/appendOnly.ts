import { keep, same } from "../decision";
import type { Policy } from "../policy";

/**
 * Rows are created and never change.
 *
 * - **Wins**: the first create of an id. The same id again is a duplicate and changes nothing.
 * - **Loses**: nothing that was created. Updates and deletes are rejected. A row that server code deleted stays deleted.
 * - **Needs**: nothing.
 * - **Choose it** for messages, measurements, audit trails: whatever happened and is only ever added to.
 */
export const appendOnly: Policy = {
  name: "append-only",
  pending: "row",
  fieldClocks: false,
  merge({ op, current }) {
    if (op.kind !== "create") return { kind: "reject", code: "append-only" };
    return current.deleted ? keep : same;
  },
};
