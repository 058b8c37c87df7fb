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
import { judgeMissingValues } from "./judgeMissingValues";
import type { Pairing } from "./pairRenames";

type KeptField = Extract<FieldChange, { kind: "kept" }>;

/** Whatever would be lost with a change of a table, on devices or on the server: each an error that says what to do instead. */
export function lossesOfTable(change: TableChange, diff: ModelDiff): readonly Diagnostic[] {
  if (change.kind === "added") return change.since === null ? [] : judgeReturn(change.since);
  if (change.kind === "removed") {
    const { name } = change.from;
    return [
      loss({
        code: "SG302",
        path: ["tables"],
        message: `The table "${name}" is gone: its rows on every device would be deleted, and edits that were not sent yet refused.`,
        instead: renameHint(
          likeliestTable(change.from, diff),
          `renamedFrom: ${JSON.stringify(name)}`,
        ),
      }),
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
    loss({
      code: "SG308",
      path: ["tables", to.name, "uniqueBy"],
      message: `The natural key of "${to.name}" changes, and ids are made of it: rows that exist keep theirs and can be edited, but a device that creates one of them makes a second row, and rows that were not sent yet are refused.`,
      instead:
        "Instead: add a table with the new key, copy the rows over with a function of your own, and remove this one when nobody uses it.",
    }),
  ];
}

function newName(pairing: Pairing, old: string): string {
  return pairing.renames.find((rename) => rename.from === old)?.to ?? old;
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
      loss({
        code: "SG303",
        path: fields,
        message: `The field "${name}" of "${table.to.name}" is gone: ${whatIsLost(change.from)}.`,
        instead: renameHint(
          likeliestField(change.from, table),
          `.renamedFrom(${JSON.stringify(name)})`,
        ),
      }),
    ];
  }
  const path = [...fields, change.to.name];
  const lostSide = lossOfSide(change.from, change.to);
  if (lostSide !== null)
    return [
      loss({
        code: "SG303",
        path,
        message: `"${change.to.name}" of "${table.to.name}" moved: ${lostSide}.`,
        instead: change.from.side === "device" ? copyHint : "",
      }),
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
    return loss({
      code: "SG305",
      path,
      message: `"${to.name}" no longer allows ${removed.map((choice) => JSON.stringify(choice)).join(", ")}: rows that hold it would get ${replacement}.`,
      instead: "Keep the choices listed until no row holds them.",
    });
  }
  if (change.conversion === "replace") {
    return loss({
      code: "SG304",
      path,
      message: `"${to.name}" changes from ${from.kind} to ${to.kind}: its values would be deleted, with edits of it that were not sent yet, and what Convex still holds counts as no value.`,
      instead:
        "Safer: add a field under a new name, move the values over, and drop this one later.",
    });
  }
  return loss({
    code: "SG304",
    path,
    message: `"${to.name}" changes from ${describeKind(from)} to ${describeKind(to)}: ${narrowingEffect(to)}.`,
    instead: "",
  });
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

interface Loss extends Pick<Diagnostic, "code" | "message"> {
  readonly path: readonly string[];
  /** What to do instead; empty for nothing. */
  readonly instead: string;
}

function loss({ code, path, message, instead }: Loss): Diagnostic {
  const hint = instead === "" ? {} : { hint: instead };
  return { code, severity: "error", message, path, ...hint };
}
