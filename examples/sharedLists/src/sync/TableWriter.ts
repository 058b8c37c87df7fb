// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { copyValues } from "./copyValues";
import type { Engine } from "./engine";
import type { TableDefinition, Values } from "./registry";
import type { GivenRow } from "./shownRow";
import type { OpKind } from "./shared/protocol";
import { SyncError, type Written } from "./types";
import {
  commitWrites,
  createIntent,
  removeIntent,
  updateIntent,
  type Intent,
} from "./writes";

/** Writes to one table, whatever its row types are; only the operations that it allows are there. */
export interface AnyTableWriter {
  create?(values: Values): Promise<Written>;
  update?(row: GivenRow, changes: Values): Promise<Written>;
  remove?(row: GivenRow): Promise<Written>;
}

/** As `AnyTableWriter`, for a batch: collected, not yet durable. */
export interface AnyBatchWriter {
  create?(values: Values): string;
  update?(row: GivenRow, changes: Values): void;
  remove?(row: GivenRow): void;
}

/** The writer of a table. `onWritten` is called after each commit. */
export function createTableWriter(
  engine: Engine,
  table: TableDefinition,
  onWritten: () => void,
): AnyTableWriter {
  const commit = async (intent: Intent): Promise<Written> => {
    await engine.load();
    const [{ clientId, settled }] = await commitWrites(engine, [
      intent,
    ] as const);
    onWritten();
    return { clientId, settled };
  };
  return pick(table, {
    create: async (values) =>
      commit(createIntent(engine, table, copyValues(values))),
    update: async (row, changes) =>
      commit(updateIntent(table, row, copyValues(changes))),
    remove: async (row) => commit(removeIntent(table, row)),
  });
}

/** Runs `write` at once, with a writer for every table, then makes all that it wrote durable together. */
export async function writeBatch(
  engine: Engine,
  write: (tables: Record<string, AnyBatchWriter>) => unknown,
): Promise<Written[]> {
  const intents: Intent[] = [];
  const writers = Object.fromEntries(
    Object.entries(engine.registry.tables).map(([name, table]) => [
      name,
      createBatchWriter(engine, table, intents),
    ]),
  );
  const result = write(writers);
  if (result instanceof Promise)
    // What comes after its first await would be lost without a trace.
    throw new SyncError(
      "not-allowed",
      "The function given to batch must not be asynchronous.",
    );
  await engine.load();
  const written = await commitWrites(engine, intents);
  return written.map(({ clientId, settled }) => ({ clientId, settled }));
}

function createBatchWriter(
  engine: Engine,
  table: TableDefinition,
  intents: Intent[],
): AnyBatchWriter {
  return pick(table, {
    create: (values: Values) => {
      const intent = createIntent(engine, table, copyValues(values));
      intents.push(intent);
      return intent.clientId;
    },
    update: (row: GivenRow, changes: Values) => {
      intents.push(updateIntent(table, row, copyValues(changes)));
    },
    remove: (row: GivenRow) => {
      intents.push(removeIntent(table, row));
    },
  });
}

const methodOf = {
  create: "create",
  update: "update",
  delete: "remove",
} as const satisfies Record<OpKind, string>;

function pick<Writer extends AnyTableWriter | AnyBatchWriter>(
  table: TableDefinition,
  writer: Required<Writer>,
): Writer {
  const allowed = table.rules.operations.map((kind) => {
    const method: keyof Required<Writer> = methodOf[kind];
    return [method, writer[method]];
  });
  // Safe: every method of a writer is optional.
  return Object.fromEntries(allowed) as Writer;
}
