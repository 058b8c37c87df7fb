import type { Diagnostic } from "../kernel/diagnostic";
import type { KeptTable, ModelDiff } from "./diffModels";
import { lossesOfTable } from "./judgeLosses";
import { judgeMissingValues } from "./judgeMissingValues";
import { judgeScope } from "./judgeScope";
import type { Pairing } from "./pairRenames";
import { fieldsWithoutStandIn } from "./upgradeOps";

/**
 * Everything that stands against a change of the schema: renames that cannot be meant, fields that existing rows have no
 * value for, and whatever would be lost: an error, or with `allowDataLoss` a warning.
 */
export function judgeChanges(diff: ModelDiff, allowDataLoss: boolean): readonly Diagnostic[] {
  const found = [
    ...judgeRenames(diff.pairing, ["tables"], "table"),
    ...diff.tables.flatMap((change) => (change.kind === "kept" ? judgeTable(change) : [])),
    ...diff.tables.flatMap((change) => judgeScope(change, diff)),
  ];
  const losses = diff.tables.flatMap((change) => lossesOfTable(change, diff));
  return withWaysOut([...found, ...(allowDataLoss ? losses.map(toAllowed) : losses)]);
}

/** What helps against every refusal of a kind is said once, with the last one. */
function withWaysOut(all: readonly Diagnostic[]): readonly Diagnostic[] {
  const isRefused = ({ code, severity }: Diagnostic): boolean =>
    severity === "error" && code !== "SG306";
  const last = all.findLastIndex(isRefused);
  const lastLoss = all.findLastIndex((one) => isRefused(one) && !isFinal.has(one.code));
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

/** Nothing can be lost instead: there would be no schema that rows fit. */
const isFinal: ReadonlySet<string> = new Set(["SG301", "SG325"]);

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
