import type { FunctionReference } from "convex/server";
import type {
  Fields,
  Op,
  OpResult,
  PullReply,
  WireRow,
} from "../shared/protocol";
import type { SyncTable } from "./device.setup";

/** Something that no caller gets away with, whatever the table's policy is. */
export interface AbuseCase {
  readonly title: string;
  run(table: SyncTable): Promise<void>;
}

/** Whatever changes a row of the table in one call, with arguments that both functions take. */
export function directCalls(table: SyncTable, clientId: string, fields = {}) {
  const calls: { name: FunctionReference<"mutation">; args: DirectArgs }[] = [];
  const { upsert, remove } = table;
  if (upsert !== null) calls.push({ name: upsert, args: { clientId, fields } });
  if (remove !== null) calls.push({ name: remove, args: { clientId } });
  return calls;
}

/** Arguments of `upsertX`, and without `fields` of `removeX`. */
export interface DirectArgs {
  readonly clientId: string;
  readonly fields?: Fields;
}

/** The row that an op is about, and what its device saw of it. */
export function idOf({ clientId, base, baseStamp }: Op) {
  return { clientId, base, baseStamp };
}

/** Why an op was rejected, else what became of it. */
export function codeOf(result: OpResult | undefined): string | undefined {
  return result?.code ?? result?.outcome;
}

/** A result without the row, which a repeated answer does not hold. */
export function outcomeOf({ opId, outcome, code }: OpResult) {
  return { opId, outcome, code };
}

/** The rows of a page; none of an answer that is no page. */
export function rowsOf(page: PullReply): readonly WireRow[] {
  return page.status === "ok" ? page.rows : [];
}
