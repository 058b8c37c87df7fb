import type { Engine } from "./engine";
import type { StoredOp } from "./ports";
import type { OpUpgrades } from "./registry";
import { rowsOf } from "./rowsOf";
import { serverState, show } from "./rowState";
import { upgradeOp, type Upgrade } from "./shared/upgrade";
import { createStep } from "./step";
import { toWire } from "./SyncQueue";

const pageSize = 500;

/** The upgrades to `version`, by every step that leads there. */
export function opUpgrades(
  steps: readonly Upgrade[],
  version: number,
): OpUpgrades {
  function upgrade(op: StoredOp): StoredOp {
    // A newer one is from before the app was set back: the server, which is ahead of apps, takes it as it is.
    if (op.schemaVersion >= version) return op;
    const result = upgradeOp(toWire(op), steps, version);
    const { table, fields, base, clocks, schemaVersion } = result.op;
    // The server's row changes in the same way as the op's base.
    const server = op.server?.fields
      ? upgradeOp({ ...toWire(op), base: op.server.fields }, steps, version).op
          .base
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

  /** What a table of `since` is called now. */
  const renamed = (since: number, table: string): string =>
    steps
      .filter(({ from }) => from >= since)
      .reduce((name, { tables }) => tables[name]?.renamedTo ?? name, table);

  return {
    upgrade,
    upgradeAll: async (engine) => {
      const { store } = engine.ports;
      let afterSeq = 0;
      for (;;) {
        const ops = await store.readOps({ afterSeq, limit: pageSize });
        const last = ops.at(-1);
        if (!last) break;
        afterSeq = last.seq;
        const step = createStep();
        for (const op of ops) step.replace(op, upgrade(op));
        await engine.commit(step);
      }
      await showFailures(engine);
    },
    changedTables: (since) =>
      new Set(
        steps
          .filter(({ from }) => from >= since)
          .flatMap(({ from, tables }) =>
            Object.keys(tables).map((name) => renamed(from, name)),
          ),
      ),
  };
}

/** Rows say that their ops failed. */
async function showFailures(engine: Engine): Promise<void> {
  const step = createStep();
  const failed = await engine.ports.store.readOpNames({ states: ["failed"] });
  for (const state of await rowsOf(engine, failed))
    step.move(state, show(state, state.ops, serverState(state)));
  await engine.commit(step);
}
