// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { applyOps, type AppliedOp } from "./applyOps";
import { checkOp } from "./checkOp";
import {
  writerOf,
  type SyncedDocument,
  type SyncMutationContext,
} from "./context";
import { nameDeploymentOnce } from "./epoch";
import { scopeColumn } from "./feed";
import { loadRow } from "./loadRows";
import { inScope, placedRow } from "./placedRow";
import { rowKey } from "./rowKey";
import { entryOf, type SyncRules } from "./rules";
import { tickHlc } from "./shared/clock";
import { uuidV7 } from "./shared/ids";
import type { Policy } from "./shared/policy";
import type { Stamp } from "./shared/protocol";
import type { UncheckedOp } from "./validators";
import type { ServerValues } from "./writeRows";

/** One change of one row that does not come out of a device's queue. */
export interface RowChange {
  /** Names the change, as an op's id does. */
  readonly opId: string;
  readonly table: string;
  /** The scope that it is about, in which the caller may write; `null` where the table has none. */
  readonly scopeId: string | null;
  readonly clientId: string;
  /** `put` creates the row, or updates the one that is there. */
  readonly kind: "put" | "update" | "delete";
  readonly fields: Readonly<Record<string, unknown>>;
  /** The version that the caller saw; `null`: the newest. */
  readonly baseStamp: Stamp | null;
  /** The row as the caller has just read it, in whatever scope; `null`: there is none. */
  readonly document?: SyncedDocument | null;
  readonly serverValues?: ServerValues;
}

/** Makes the change, as if by an op that was made just now by the server's clock; `null` when it is too large. */
export async function changeRow(
  ctx: SyncMutationContext,
  context: {
    readonly userId: string;
    readonly rules: SyncRules;
    readonly policies: Readonly<Record<string, Policy>>;
  },
  change: RowChange,
): Promise<AppliedOp | null> {
  const { userId, rules } = context;
  const { table, scopeId, clientId } = change;
  const { rows, system } = writerOf(ctx, rules);
  const now = Date.now();
  const { document = await loadRow(rows, userId, change) } = change;
  if (document === null) await nameDeploymentOnce(system, now);
  const current =
    document === null
      ? null
      : inScope(placedRow(document, entryOf(rules, table)), scopeId);
  const isThere = current !== null && !current.deleted;
  const put = isThere ? "update" : "create";
  const sawNewest = change.baseStamp === null;
  const op: UncheckedOp = {
    opId: change.opId,
    table,
    ...scopeColumn(scopeId),
    clientId,
    kind: change.kind === "put" ? put : change.kind,
    fields: { ...change.fields },
    base: sawNewest && isThere ? { ...current.fields } : null,
    baseStamp: sawNewest ? (current?.stamp ?? null) : change.baseStamp,
    edited: tickHlc(current?.edited ?? null, now, "server"),
    clocks: null,
    schemaVersion: 0,
    group: null,
    carriedBy: null,
  };
  const checks = { rules, schemaVersion: 0, accepts: 0, upgrades: [] };
  const checked = checkOp(checks, op, now);
  const { serverValues = noValues } = change;
  const known = new Map([[rowKey(table, clientId), { table, document }]]);
  const applied = await applyOps(
    rows,
    { ...context, now, namesOps: false, known, serverValues },
    // Its base is the row itself, whose references nobody has to look up.
    [checked.kind === "open" ? { ...checked, baseReferences: [] } : checked],
  );
  return applied?.[0] ?? null;
}

const noValues: ServerValues = { fields: {} };

/** A new row's or op's id. `now` in ms since 1970. */
export function newId(now: number): string {
  return uuidV7(now, crypto.getRandomValues(new Uint8Array(10)));
}
