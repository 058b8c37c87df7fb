import type {
  Upgrade,
  TableUpgrade,
  FieldUpgrade,
  StoredUpgrade,
} from "../../templates/shared/upgrade";
import { standInOf } from "../../templates/server/convex/syncEngine/standIn";
import type { FieldModel } from "../model/model";
import { tableNames } from "../model/tableNames";
import { isOfServer } from "../targets/deviceUpgrades";
import {
  removedChoices,
  type FieldChange,
  type KeptTable,
  type ModelDiff,
  type TableChange,
} from "./diffModels";
import type { HistoryField, HistoryTable } from "./history";

type KeptField = Extract<FieldChange, { kind: "kept" }>;
type Values = NonNullable<TableUpgrade["added"]>;

/**
 * How a queued op of the last schema version becomes one of the next, and a row that Convex holds; `null` when both hold the
 * same. What it says is data: devices and server run it with `shared/upgrade.ts`. Where ops stay as they are, so does the
 * version: apps of before are none the older.
 */
export function upgradeBetween(diff: ModelDiff, from: number): Upgrade | null {
  const entries = diff.tables.flatMap((change): [string, TableUpgrade][] => {
    const upgrade = upgradeTable(change);
    const { name } = change.kind === "added" ? change.to : change.from;
    return upgrade === null ? [] : [[name, upgrade]];
  });
  const changesOps =
    diff.tables.some(allowsMore) || entries.some(([, upgrade]) => !isOfServer(upgrade));
  if (!changesOps && entries.length === 0) return null;
  return { from, to: changesOps ? from + 1 : from, tables: Object.fromEntries(entries) };
}

function upgradeTable(change: TableChange): TableUpgrade | null {
  if (change.kind === "added") return change.since === null ? null : returnOf(change.since);
  if (change.kind === "removed") return { removed: true, ...formerNames(change.from) };
  const fields: Record<string, FieldUpgrade> = {};
  const added: Record<string, Values[string]> = {};
  const filled: Record<string, Values[string]> = {};
  for (const field of change.fields) {
    if (field.kind !== "added" && isOnWire(field.from)) {
      const upgrade = upgradeField(field);
      if (upgrade !== null) fields[field.from.name] = upgrade;
    }
    if (field.kind !== "removed" && isOnWire(field.to) && isNewOnWire(field)) {
      added[field.to.name] = field.to.optional ? null : defaultOf(field.to);
    }
    if (field.kind === "kept" && mustBeFilled(field)) filled[field.to.name] = defaultOf(field.to);
  }
  const server = upgradeStored(change.fields, fields, { ...added, ...filled });
  const standIns = standInsOf(change.fields);
  const wholeOnly = change.fields.flatMap((field) =>
    field.kind === "kept" && allowsFractions(field) ? [field.from.name] : [],
  );
  const upgrade: TableUpgrade = {
    ...(change.from.name === change.to.name
      ? changedEntity(change)
      : { renamedTo: change.to.name, ...formerEntity(change.from) }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(Object.keys(added).length === 0 ? {} : { added }),
    ...(Object.keys(filled).length === 0 ? {} : { filled }),
    ...(standIns === null
      ? { unserved: true }
      : Object.keys(standIns).length === 0
        ? {}
        : { standIns }),
    ...(wholeOnly.length === 0 ? {} : { wholeOnly }),
    ...(Object.keys(server).length === 0 ? {} : { server }),
  };
  return Object.keys(upgrade).length === 0 ? null : upgrade;
}

/**
 * A table that was there before: no op comes through its absence, but rows do. Where they would lack a value, there are none,
 * or so it was said with `--allow-data-loss`; Convex deploys no schema that a document does not fit.
 */
function returnOf({ fields }: KeptTable): TableUpgrade {
  const lacksValue = fields.some(
    (change) =>
      change.kind !== "removed" &&
      !change.to.optional &&
      change.to.default === null &&
      mayLackValue(change),
  );
  const server = lacksValue ? {} : upgradeStored(fields, {}, {});
  return { returned: true, ...(Object.keys(server).length === 0 ? {} : { server }) };
}

function upgradeField(change: Exclude<FieldChange, { kind: "added" }>): FieldUpgrade | null {
  if (change.kind === "removed" || !isOnWire(change.to) || change.conversion === "replace")
    return { dropped: true };
  return continueField(change);
}

/** What becomes of the values of a field that are kept; `null`: nothing. */
function continueField({ from, to }: KeptField): FieldUpgrade | null {
  const renamed = from.name === to.name ? {} : { renamedTo: to.name };
  const narrowsChoices =
    to.kind === "choice" && (from.kind !== "choice" || removedChoices(from, to).length > 0);
  if (narrowsChoices) {
    const instead = to.default === null ? {} : { instead: to.default.value };
    return { choices: to.choices, ...renamed, ...instead };
  }
  if (from.kind === "real" && to.kind !== "real") return { rounded: true, ...renamed };
  return from.name === to.name ? null : { renamedTo: to.name };
}

/** What becomes of stored rows beyond what `fields`, `added` and `filled` say for ops and rows. */
function upgradeStored(
  changes: readonly FieldChange[],
  ofOps: NonNullable<TableUpgrade["fields"]>,
  givenToOps: Values,
): StoredUpgrade {
  const fields: Record<string, FieldUpgrade> = {};
  const added: Record<string, Values[string]> = {};
  for (const change of changes) {
    if (change.kind !== "added" && isStored(change.from)) {
      const { name } = change.from;
      const upgrade = upgradeStoredField(change);
      const isSaid = JSON.stringify(upgrade) === JSON.stringify(ofOps[name] ?? null);
      // Said, even where nothing happens to the values: for ops, the field is gone.
      if (!isSaid) fields[name] = upgrade ?? { renamedTo: name };
    }
    if (change.kind === "removed" || Object.hasOwn(givenToOps, change.to.name)) continue;
    if (change.to.optional || change.to.default === null || !mayLackValue(change)) continue;
    added[change.to.name] = change.to.default.value;
  }
  return {
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(Object.keys(added).length === 0 ? {} : { added }),
  };
}

function upgradeStoredField(change: Exclude<FieldChange, { kind: "added" }>): FieldUpgrade | null {
  if (change.kind === "removed" || !isStored(change.to) || change.conversion === "replace")
    return { dropped: true };
  return continueField(change);
}

/** True for a field of today that stored rows of before need not have. */
function mayLackValue(change: Exclude<FieldChange, { kind: "removed" }>): boolean {
  if (!isStored(change.to)) return false;
  if (change.kind === "added" || change.conversion === "replace") return true;
  return change.from.optional || !isStored(change.from);
}

/** What apps of before ask for pages of a removed table with, where it cannot be worked out from the table's name. */
function formerNames(from: HistoryTable): Pick<TableUpgrade, "entity" | "scope"> {
  return { ...formerEntity(from), ...(from.scope === undefined ? {} : { scope: from.scope }) };
}

/** The singular name under which apps of before ask for pages, where it cannot be worked out from the table's. */
function formerEntity({ entity }: HistoryTable): Pick<TableUpgrade, "entity"> {
  return entity === undefined ? {} : { entity };
}

/** The same of a table that keeps its name, where that is another one now. */
function changedEntity({ from, to }: KeptTable): Pick<TableUpgrade, "entity"> {
  const { entity = tableNames(from.name, null).entity } = from;
  return entity === to.names.entity ? {} : { entity };
}

/** What apps of before see where rows may have no value any more; `null` where nothing fits. */
function standInsOf(changes: readonly FieldChange[]): Values | null {
  if (fieldsWithoutStandIn(changes).length > 0) return null;
  return Object.fromEntries(
    emptied(changes).flatMap((field) => {
      const value = valueFor(field);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}

/** Fields that apps of before need in every row, that rows may be without from now on, and that nothing can stand in for. */
export function fieldsWithoutStandIn(changes: readonly FieldChange[]): readonly HistoryField[] {
  return emptied(changes).filter((field) => valueFor(field) === undefined);
}

/** Fields that had a value in every row, and no longer have. */
function emptied(changes: readonly FieldChange[]): readonly HistoryField[] {
  return changes.flatMap((change) => {
    if (change.kind === "added" || !isOnWire(change.from) || change.from.optional) return [];
    const stillFilled =
      change.kind === "kept" &&
      change.conversion !== "replace" &&
      isOnWire(change.to) &&
      !change.to.optional;
    return stillFilled ? [] : [change.from];
  });
}

/** What stands for a required field: its default, else the value that says least; `undefined` for kinds that have none. */
function valueFor(field: HistoryField): Values[string] | undefined {
  return field.default === null ? (standInOf(field) ?? undefined) : field.default.value;
}

/** Rows may be without a value that every row must have now. */
function mustBeFilled({ from, to, conversion }: KeptField): boolean {
  return (
    from.optional && !to.optional && isOnWire(from) && isOnWire(to) && conversion !== "replace"
  );
}

function defaultOf(field: FieldModel): Values[string] {
  return field.default?.value ?? null;
}

/** Apps of before hold whole numbers in a field that may have others now. */
function allowsFractions({ from, to }: KeptField): boolean {
  const wasWhole = from.kind === "integer" || from.kind === "timestamp";
  return wasWhole && to.kind === "real" && isOnWire(from) && isOnWire(to);
}

function isNewOnWire(change: Exclude<FieldChange, { kind: "removed" }>): boolean {
  return change.kind === "added" || change.conversion === "replace" || !isOnWire(change.from);
}

function isStored(field: Pick<FieldModel, "side">): boolean {
  return field.side !== "device";
}

function isOnWire(field: Pick<FieldModel, "side">): boolean {
  return field.side === "both";
}

/** Ops may hold something that the last version did not know, though ops of that version need no translation. */
function allowsMore(change: TableChange): boolean {
  if (change.kind === "added") return true;
  if (change.kind === "removed") return false;
  return (
    change.to.operations.some((operation) => !change.from.operations.includes(operation)) ||
    change.to.operations.length !== change.from.operations.length ||
    change.fields.some(
      (field) =>
        field.kind === "kept" && isOnWire(field.to) && holdsOtherValues(field.from, field.to),
    )
  );
}

function holdsOtherValues(from: HistoryField, to: FieldModel): boolean {
  return (
    from.kind !== to.kind ||
    from.optional !== to.optional ||
    from.references !== to.references ||
    to.choices.some((choice) => !from.choices.includes(choice))
  );
}
