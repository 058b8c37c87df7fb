import type { Diagnostic } from "../kernel/diagnostic";
import type { FieldModel, TableModel } from "../model/model";
import {
  removedChoices,
  type FieldChange,
  type KeptTable,
  type ModelDiff,
  type TableChange,
} from "./diffModels";
import type { HistoryField, HistoryTable } from "./history";
import type { Pairing } from "./pairRenames";
import { fieldsWithoutStandIn } from "./upgradeOps";

type KeptField = Extract<FieldChange, { kind: "kept" }>;

/**
 * Everything that stands against a change of the schema: renames that cannot be meant, fields that existing rows have no
 * value for, and whatever would be lost: an error, or with `allowDataLoss` a warning.
 */
export function judgeChanges(diff: ModelDiff, allowDataLoss: boolean): readonly Diagnostic[] {
  const found = [
    ...judgeRenames(diff.pairing, ["tables"], "table"),
    ...diff.tables.flatMap((change) => (change.kind === "kept" ? judgeTable(change) : [])),
  ];
  const losses = diff.tables.flatMap((change) => lossesOfTable(change, diff));
  return withWaysOut([...found, ...(allowDataLoss ? losses.map(toAllowed) : losses)]);
}

/** What helps against every refusal of a kind is said once, with the last one. */
function withWaysOut(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const isRefused = ({ code, severity }: Diagnostic): boolean =>
    severity === "error" && code !== "SG306";
  const last = all.findLastIndex(isRefused);
  const lastLoss = all.findLastIndex((one) => isRefused(one) && one.code !== "SG301");
  return all.map((one, index) => {
    const ways = [
      ...(index === lastLoss
        ? ["To go ahead all the same: `sync-gen generate --allow-data-loss`."]
        : []),
      ...(index === last ? [startAnew] : []),
    ];
    return ways.length === 0 ? one : { ...one, hint: [one.hint ?? [], ...ways].flat().join(" ") };
  });
}

const startAnew =
  "Only while nobody has the app: delete the migrations folder (`db/migrations` below `client.out`) and .sync-gen/history.json, and generate; the migrations start anew.";

/** What was lost stays to be read; its hint says how to allow it. */
function toAllowed({ hint: _, ...loss }: Diagnostic): Diagnostic {
  return { ...loss, severity: "warning" };
}

function judgeTable(change: KeptTable): readonly Diagnostic[] {
  const path = ["tables", change.to.name];
  return [
    ...judgeRenames(change.pairing, [...path, "fields"], "field"),
    ...change.fields.flatMap((field) =>
      field.kind === "removed" ? [] : judgeMissingValues(field, path),
    ),
    ...judgeNaturalKey(change, path),
    ...judgeEarlierApps(change, path),
  ];
}

function judgeRenames(
  pairing: Pairing,
  path: readonly string[],
  noun: "table" | "field",
): readonly Diagnostic[] {
  const contested = pairing.contested.map((item): Diagnostic => ({
    code: "SG306",
    severity: "error",
    message: `The ${noun} "${item.name}" cannot be renamed from "${item.renamedFrom ?? ""}": another ${noun} of the config is that one.`,
    path: [...path, item.name],
    hint: `Rename at most one ${noun} from "${item.renamedFrom ?? ""}", and use that name for nothing else until the rename was generated.`,
  }));
  const unknown = pairing.unknown.map((item): Diagnostic => ({
    code: "SG307",
    severity: "warning",
    message: `The ${noun} "${item.name}" is added as new: nothing called "${item.renamedFrom ?? ""}" was generated before.`,
    path: [...path, item.name],
    hint: "Check the spelling in `renamedFrom`; without an earlier name there is no data to take along.",
  }));
  return [...contested, ...unknown];
}

/** Rows that exist, on devices and on the server, need a value for a field that did not have to have one before. */
function judgeMissingValues(
  change: Exclude<FieldChange, { kind: "removed" }>,
  path: readonly string[],
): readonly Diagnostic[] {
  const { to } = change;
  if (to.optional || to.default !== null) return [];
  const reason = missingValueReason(change);
  if (reason === null) return [];
  return [
    {
      code: "SG301",
      severity: "error",
      path: [...path, "fields", to.name],
      ...(to.kind === "reference"
        ? {
            message: `"${to.name}" cannot be required: ${reason}.`,
            allowed: "an optional field",
            hint: "Say `.optional()`: a reference has no default, because the rows of every user have ids of their own.",
          }
        : {
            message: `"${to.name}" needs a default: ${reason}.`,
            allowed: "a default, or an optional field",
            hint: "Add `.default(…)` with the value that existing rows should have, or `.optional()`.",
          }),
    },
  ];
}

function missingValueReason(change: Exclude<FieldChange, { kind: "removed" }>): string | null {
  if (change.kind === "added")
    return "it is new and required, and rows that exist have no value for it";
  const { from, to, conversion } = change;
  if (from.optional) return "it was optional, and rows that exist may have no value for it";
  if (from.side === "device" && to.side !== "device")
    return "the server has no value for it so far";
  if (from.side === "server" && to.side !== "server") return "devices have no value for it so far";
  if (conversion === "replace") return `the values of ${from.kind} cannot become ${to.kind}`;
  if (to.kind === "choice" && conversion === "narrow")
    return "rows that exist may hold a value that is not listed any more";
  return null;
}

/** Without its natural key a table goes on: rows keep their ids, and any id is a new row's. */
function judgeNaturalKey({ from, to }: KeptTable, path: readonly string[]): readonly Diagnostic[] {
  if (from.uniqueBy.length === 0 || to.uniqueBy.length > 0) return [];
  return [
    {
      code: "SG308",
      severity: "warning",
      message: `"${to.name}" has no natural key any more: rows keep their ids, and from now on two devices that create the same row make two.`,
      path: [...path, "uniqueBy"],
    },
  ];
}

/** Apps in the field that could not hold the table's rows any more. */
function judgeEarlierApps(change: KeptTable, path: readonly string[]): readonly Diagnostic[] {
  return fieldsWithoutStandIn(change.fields).map(({ name, kind }) => ({
    code: "SG316",
    severity: "warning",
    message: `Apps of earlier versions stop syncing: they need "${name}" in every row of "${change.to.name}", and a ${kind} has no value that could stand in.`,
    path: [
      ...path,
      "fields",
      ...(change.to.fields.some((field) => field.name === name) ? [name] : []),
    ],
    hint: "They keep their edits, ask for an update and send them after it. To serve them on, leave the field required until they are gone.",
  }));
}

function newName(pairing: Pairing, old: string): string {
  return pairing.renames.find((rename) => rename.from === old)?.to ?? old;
}

function lossesOfTable(change: TableChange, diff: ModelDiff): readonly Diagnostic[] {
  if (change.kind === "added") return change.since === null ? [] : judgeReturn(change.since);
  if (change.kind === "removed") {
    const { name } = change.from;
    return [
      loss(
        "SG302",
        ["tables"],
        `The table "${name}" is gone: its rows on every device would be deleted, and edits that were not sent yet refused.`,
        renameHint(likeliestTable(change.from, diff), `renamedFrom: ${JSON.stringify(name)}`),
      ),
    ];
  }
  return [
    ...lossesOfKey(change),
    ...change.fields.flatMap((field) => lossesOfField(field, change)),
  ];
}

/** Ids are made of the key's values: rows that exist have those of the former key. */
function lossesOfKey(change: KeptTable): readonly Diagnostic[] {
  const { from, to, pairing, fields } = change;
  if (to.uniqueBy.length === 0) return [];
  const before = from.uniqueBy.map((name) => newName(pairing, name));
  const isSame = before.join("\n") === to.uniqueBy.join("\n");
  const changed = fields.filter((field) => isKeyField(to, field) && changesValues(field));
  if (isSame && changed.length === 0) return [];
  return [
    loss(
      "SG308",
      ["tables", to.name, "uniqueBy"],
      `The natural key of "${to.name}" changes, and ids are made of it: rows that exist keep theirs and can be edited, but a device that creates one of them makes a second row, and rows that were not sent yet are refused.`,
      "Instead: add a table with the new key, copy the rows over with a function of your own, and remove this one when nobody uses it.",
    ),
  ];
}

function isKeyField({ uniqueBy }: TableModel, field: FieldChange): boolean {
  return field.kind !== "removed" && uniqueBy.includes(field.to.name);
}

/** Rows that exist may hold another value from now on. */
function changesValues(field: FieldChange): boolean {
  return (
    field.kind === "kept" &&
    (field.conversion !== "keep" || (field.from.optional && !field.to.optional))
  );
}

/** A table under the name of one that went: documents that Convex holds are rows again, and need values like any. */
function judgeReturn({ to, fields }: KeptTable): readonly Diagnostic[] {
  return fields
    .flatMap((field) =>
      field.kind === "removed" ? [] : judgeMissingValues(field, ["tables", to.name]),
    )
    .map((missing) => ({
      ...missing,
      message: `${missing.message.slice(0, -1)}: Convex may hold documents of the table "${to.name}" that there was before.`,
      hint:
        "Add `.default(…)` with the value that they should have, or `.optional()`, or give the table a name that none had. " +
        "If Convex holds none of them any more: `sync-gen generate --allow-data-loss`; it deploys nothing that a document does not fit.",
    }));
}

function lossesOfField(change: FieldChange, table: KeptTable): readonly Diagnostic[] {
  const fields = ["tables", table.to.name, "fields"];
  if (change.kind === "added") return [];
  if (change.kind === "removed") {
    const { name } = change.from;
    return [
      loss(
        "SG303",
        fields,
        `The field "${name}" of "${table.to.name}" is gone: ${whatIsLost(change.from)}.`,
        renameHint(likeliestField(change.from, table), `.renamedFrom(${JSON.stringify(name)})`),
      ),
    ];
  }
  const path = [...fields, change.to.name];
  const lostSide = lossOfSide(change.from, change.to);
  if (lostSide !== null)
    return [
      loss(
        "SG303",
        path,
        `"${change.to.name}" of "${table.to.name}" moved: ${lostSide}.`,
        change.from.side === "device" ? copyHint : "",
      ),
    ];
  if (change.conversion === "keep") return [];
  return [narrowing(change, path)];
}

function whatIsLost(field: HistoryField): string {
  if (field.side === "device") return "its values, which are on devices only, would be deleted";
  if (field.side === "server") return "its values would stay on the server, unread";
  return "its values on every device would be deleted, with edits of it that were not sent yet; Convex keeps them until you remove them there";
}

const copyHint =
  "To keep the values: leave the field as it is, add a synced one under another name, and have the app write them there; it sends them like any edit.";

function lossOfSide(from: HistoryField, to: FieldModel): string | null {
  if (from.side === to.side) return null;
  if (from.side === "device" && to.side === "both")
    return "the server has no value of it yet, and what it answers would replace those on every device, of rows that were not sent yet, too";
  if (to.side === "device" && from.side === "both")
    return "edits of it that were not sent yet stay on their device, and the values on the server are not read any more";
  if (to.side === "device") return "its values on the server are not read any more";
  if (to.side === "server")
    return "its values on every device would be deleted, with edits of it that were not sent yet";
  return null;
}

function narrowing(change: KeptField, path: readonly string[]): Diagnostic {
  const { from, to } = change;
  const removed = removedChoices(from, to);
  if (removed.length > 0) {
    const replacement = to.default === null ? "no value" : JSON.stringify(to.default.value);
    return loss(
      "SG305",
      path,
      `"${to.name}" no longer allows ${removed.map((choice) => JSON.stringify(choice)).join(", ")}: rows that hold it would get ${replacement}.`,
      "Keep the choices listed until no row holds them.",
    );
  }
  if (change.conversion === "replace") {
    return loss(
      "SG304",
      path,
      `"${to.name}" changes from ${from.kind} to ${to.kind}: its values would be deleted, with edits of it that were not sent yet, and what Convex still holds counts as no value.`,
      "Safer: add a field under a new name, move the values over, and drop this one later.",
    );
  }
  return loss(
    "SG304",
    path,
    `"${to.name}" changes from ${describeKind(from)} to ${describeKind(to)}: ${narrowingEffect(to)}.`,
    "",
  );
}

function describeKind(field: Pick<FieldModel, "kind" | "references">): string {
  return field.references === null ? field.kind : `a reference to "${field.references}"`;
}

function narrowingEffect(to: FieldModel): string {
  if (to.kind === "choice")
    return `rows that hold a value that is not listed would get ${to.default === null ? "no value" : JSON.stringify(to.default.value)}`;
  if (to.kind === "reference")
    return "values that are not the id of such a row point nowhere, and the server refuses edits that carry them";
  return "fractions would be rounded";
}

/** Only a field of the same kind can be the old one under a new name. */
function likeliestField(from: HistoryField, table: KeptTable): string | undefined {
  const added = table.fields.flatMap((change) => (change.kind === "added" ? [change.to] : []));
  return added.find(({ kind }) => kind === from.kind)?.name;
}

/** The new table that has the most of the old one's fields. */
function likeliestTable(from: HistoryTable, diff: ModelDiff): string | undefined {
  const names = new Set(from.fields.map(({ name }) => name));
  const shared = diff.tables
    .flatMap((change) => (change.kind === "added" ? [change.to] : []))
    .map(({ name, fields }) => ({
      name,
      count: fields.filter((field) => names.has(field.name)).length,
    }))
    .filter(({ count }) => count > 0);
  return shared.sort((left, right) => right.count - left.count)[0]?.name;
}

function renameHint(likeliest: string | undefined, addition: string): string {
  if (likeliest === undefined) return "";
  return `If "${likeliest}" is the same under a new name, add \`${addition}\` to it.`;
}

function loss(
  code: Diagnostic["code"],
  path: readonly string[],
  message: string,
  instead: string,
): Diagnostic {
  return {
    code,
    severity: "error",
    message,
    path,
    ...(instead === "" ? {} : { hint: instead }),
  };
}
