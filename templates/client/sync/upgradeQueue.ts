import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import { fromTheStart, progressKey, type Session } from "./session";
import type { Upgrade } from "./shared/upgrade";
import { upgradeOp } from "./shared/upgrade";
import { unitOf } from "./nextBatch";
import { rowsOf } from "./rowsOf";
import { serverState, show } from "./rowState";
import { createStep } from "./step";
import { toWire, unseal } from "./SyncQueue";

const pageSize = 500;

/**
 * After an update of the app: brings every queued op to the schema that runs now, or marks it failed with the reason,
 * and has changed tables fetched again, because their new columns are empty. Continues where a crash interrupted it.
 *
 * A sealed op changes too; that its batch then has another content than one that may have arrived is what receipts
 * are for. What lands together with one that cannot be sent any more waits: under its own id, so that it takes effect
 * once even if it has arrived.
 */
export async function upgradeQueue(
  engine: Engine,
  session: Session,
): Promise<void> {
  const { registry, ports } = engine;
  if (session.schemaVersion === registry.schemaVersion) return;
  await upgradeSealed(engine);
  let afterSeq = 0;
  for (;;) {
    const ops = await ports.store.readOps({ afterSeq, limit: pageSize });
    const last = ops.at(-1);
    if (!last) break;
    afterSeq = last.seq;
    const step = createStep();
    for (const op of ops) step.replace(op, upgraded(engine, op));
    await engine.commit(step);
  }
  await showFailures(engine);
  const step = createStep();
  step.metadata({ schemaVersion: String(registry.schemaVersion) });
  for (const name of changedTables(registry.upgrades, session.schemaVersion)) {
    if (!session.tables.has(name)) continue;
    session.tables.set(name, fromTheStart);
    step.metadata({ [progressKey(name)]: JSON.stringify(fromTheStart) });
  }
  await engine.commit(step);
  session.schemaVersion = registry.schemaVersion;
}

/** In one commit, so that of what lands together nothing is left in flight alone. */
async function upgradeSealed(engine: Engine): Promise<void> {
  const { registry, ports } = engine;
  const ops = (await ports.store.readOps({ states: ["sealed"] })).map(
    (op) => [op, upgraded(engine, op)] as const,
  );
  // Also ops of a newer version, from before the app was set back, whose answer would find no table here.
  const held = new Set(
    ops
      .map(([, op]) => op)
      .filter((op) => op.state === "failed" || !registry.tables[op.table])
      .map(unitOf),
  );
  const step = createStep();
  for (const [before, op] of ops)
    step.replace(
      before,
      op.state === "sealed" && held.has(unitOf(op)) ? unseal(op) : op,
    );
  await engine.commit(step);
}

/** Rows say that their ops failed. */
async function showFailures(engine: Engine): Promise<void> {
  const step = createStep();
  const failed = await engine.ports.store.readOpNames({ states: ["failed"] });
  for (const state of await rowsOf(engine, failed))
    step.move(state, show(state, state.ops, serverState(state)));
  await engine.commit(step);
}

function upgraded({ registry }: Engine, op: StoredOp): StoredOp {
  // A newer one is from before the app was set back: the server, which is ahead of apps, takes it as it is.
  if (op.schemaVersion >= registry.schemaVersion) return op;
  const upgrade = (wire: ReturnType<typeof toWire>) =>
    upgradeOp(wire, registry.upgrades, registry.schemaVersion);
  const result = upgrade(toWire(op));
  const { table, fields, base, clocks, schemaVersion } = result.op;
  // The server's row changes in the same way as the op's base.
  const server = op.server?.fields
    ? upgrade({ ...toWire(op), base: op.server.fields }).op.base
    : null;
  const failure =
    // A superseded op was decided: it only has to be shown.
    result.kind === "op" || op.state === "superseded"
      ? {}
      : ({
          state: "failed",
          outcome: "rejected",
          code: result.code,
          message: result.message,
        } as const);
  return {
    ...op,
    ...failure,
    table,
    fields,
    base,
    clocks,
    schemaVersion,
    server: op.server && { ...op.server, fields: server },
  };
}

/** What a table of `version` is called now. */
function renamed(
  upgrades: readonly Upgrade[],
  version: number,
  table: string,
): string {
  return upgrades
    .filter(({ from }) => from >= version)
    .reduce((name, { tables }) => tables[name]?.renamedTo ?? name, table);
}

/** Tables that changed since `version`, under the names that they have now. */
function changedTables(
  upgrades: readonly Upgrade[],
  version: number,
): Set<string> {
  return new Set(
    upgrades
      .filter(({ from }) => from >= version)
      .flatMap(({ from, tables }) =>
        Object.keys(tables).map((name) => renamed(upgrades, from, name)),
      ),
  );
}
