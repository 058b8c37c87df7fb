import { joinWords } from "../kernel/text";
import type { ConfigPath, Problems } from "./problems";
import { isPlainObject, readRequiredText, readText, readTexts, texts, type Reader } from "./reader";
import type { FieldShape } from "./shape";
import { fieldKinds, type FieldKind } from "./vocabulary";

/** What one field was told; `null` when it is not what a field function makes. */
export function readField(
  name: string,
  value: unknown,
  path: ConfigPath,
  problems: Problems,
): FieldShape | null {
  if (!isPlainObject(value)) return null;
  const kind = fieldKinds.find((candidate) => candidate === value["kind"]);
  if (kind === undefined) return null;
  const reader = { path, members: value, problems };
  checkModifiersFit(reader, kind);
  return {
    name,
    kind,
    optional: value["optional"] === true,
    // `default(undefined)` is a call without a value, and reported as one by the check of defaults.
    default: "default" in value ? { value: value["default"] } : null,
    choices: kind === "choice" ? (readTexts(reader, "choices") ?? []) : [],
    references:
      kind === "reference" ? readRequiredText(reader, "reference", "the name of a table") : null,
    renamedFrom: readText(reader, "renamedFrom"),
    index: value["index"] === true,
    side: readSide(reader),
    merge: readFieldMerge(reader, kind),
    description: readText(reader, "describe") ?? "",
  };
}

function readSide(reader: Reader): FieldShape["side"] {
  const device = reader.members["deviceOnly"] === true;
  const server = reader.members["serverOnly"] === true;
  if (device && server) {
    reader.problems.add(
      "SG116",
      [...reader.path, "serverOnly"],
      "The field is both deviceOnly() and serverOnly().",
      {
        allowed: "one of the two",
        hint: "Remove one; a field without either is synced.",
      },
    );
    return "both";
  }
  return device ? "device" : server ? "server" : "both";
}

const merges = ["counter", "set", "oneWay"] as const;

/** The kinds that a modifier fits; every modifier that is not here fits all of them. */
const fits = {
  counter: ["integer", "real"],
  set: ["json"],
  oneWay: ["choice"],
  index: ["text", "integer", "real", "boolean", "timestamp", "choice", "reference"],
} as const satisfies Record<string, readonly FieldKind[]>;

function checkModifiersFit(reader: Reader, kind: FieldKind): void {
  for (const [modifier, kinds] of Object.entries(fits)) {
    if (reader.members[modifier] === undefined || kinds.some((fit) => fit === kind)) continue;
    reader.problems.add(
      "SG115",
      [...reader.path, modifier],
      `A field of kind ${kind} has no ${modifier}().`,
      {
        allowed: `${modifier}() on ${joinWords(kinds, "or")}`,
      },
    );
  }
}

function readFieldMerge(reader: Reader, kind: FieldKind): FieldShape["merge"] {
  // At most one fits a kind: those that do not were reported.
  const merge = merges.find(
    (candidate) =>
      reader.members[candidate] !== undefined && fits[candidate].some((fit) => fit === kind),
  );
  if (merge === undefined) return null;
  if (merge !== "oneWay") return { kind: merge };
  const order = reader.members["oneWay"];
  const listed =
    order === true
      ? readTextsQuietly(reader.members["choices"])
      : texts(order, [...reader.path, "oneWay"], reader.problems);
  return { kind: "one-way", order: listed ?? [] };
}

/** The texts of a list whose other entries were reported already. */
function readTextsQuietly(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const entries: readonly unknown[] = value;
  return entries.filter((entry) => typeof entry === "string");
}
