// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { copyValues } from "./copyValues";
import type { Engine } from "./engine";
import type { TableDefinition, Values } from "./registry";
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
  update?(clientId: string, changes: Values): Promise<Written>;
  remove?(clientId: string): Promise<Written>;
}

/** As `AnyTableWriter`, for a batch: collected, not yet durable. */
export interface AnyBatchWriter {
  create?(values: Values): string;
  update?(clientId: string, changes: Values): void;
  remove?(clientId: string): void;
}

/** The writer of a table. `onWritten` is called after each commit. */
export function createTableWriter(
  engine: Engine,
  table: TableDefinition,
  onWritten: () => void,
): AnyTableWriter {
  const commit = async (makeIntent: () => Intent): Promise<Written> => {
    await engine.load();
    const [{ clientId, settled }] = await commitWrites(engine, [
      makeIntent(),
    ] as const);
    onWritten();
    return { clientId, settled };
  };
  return pick(table, {
    create: async (values) => {
      const own = copyValues(values);
      return commit(() => createIntent(engine, table, own));
    },
    update: async (clientId, changes) => {
      const own = copyValues(changes);
      return commit(() => updateIntent(table, clientId, own));
    },
    remove: (clientId) => commit(() => removeIntent(table, clientId)),
  });
}

/** Runs `write` with a writer for every table, then makes all that it wrote durable together. */
export async function writeBatch(
  engine: Engine,
  write: (tables: Record<string, AnyBatchWriter>) => unknown,
): Promise<Written[]> {
  await engine.load();
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
      const intent = createIntent(engine, table, values);
      intents.push(intent);
      return intent.clientId;
    },
    update: (clientId: string, changes: Values) => {
      intents.push(updateIntent(table, clientId, changes));
    },
    remove: (clientId: string) => {
      intents.push(removeIntent(table, clientId));
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
