import type { Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { quote } from "../kernel/text";
import type { IndexModel } from "./model";
import { serverColumns, serverIndexes } from "./reserved";

/** What Convex takes at most; a deployment with more is refused as a whole. */
const most = { indexes: 32, fieldsOfIndex: 16, fieldsOfTable: 1024 };

/** Checks that the table, with the columns and indexes that the sync adds, is one that Convex can hold. */
export function checkBackendLimits(
  table: TableShape,
  indexes: readonly IndexModel[],
  problems: Problems,
): void {
  const path = ["tables", table.name];
  const onDevice = new Set(
    table.fields.filter(({ side }) => side === "device").map(({ name }) => name),
  );
  const onServer = indexes.filter(({ fields }) => !fields.some((field) => onDevice.has(field)));
  // Rows are found by their user or by their scope, not by both.
  const ofSync = serverIndexes.size - 1;
  const freeIndexes = most.indexes - ofSync;
  if (onServer.length > freeIndexes) {
    problems.add(
      "SG228",
      path,
      `${quote(table.name)} has ${onServer.length} indexes, and the sync adds ${ofSync}; Convex takes ${most.indexes} a table.`,
      {
        allowed: `at most ${freeIndexes} of your own, those of references included`,
        hint: "Remove indexes that no query of yours uses.",
      },
    );
  }
  const columns = serverColumns.size + (table.scope === null ? 0 : 1);
  const freeFields = most.fieldsOfTable - columns;
  const fields = table.fields.length - onDevice.size;
  if (fields > freeFields) {
    problems.add("SG229", path, `${quote(table.name)} has ${fields} fields.`, {
      allowed: `at most ${freeFields}: Convex takes ${most.fieldsOfTable} a document`,
      hint: "Put some of them together in a json field, or in a table of their own.",
    });
  }
  table.indexes.forEach((index, position) => {
    if (index.fields.length <= most.fieldsOfIndex) return;
    problems.add(
      "SG228",
      [...path, "indexes", position],
      `The index has ${index.fields.length} fields.`,
      { allowed: `at most ${most.fieldsOfIndex} fields, which is what Convex takes` },
    );
  });
}
