import { isAllowed, normalizeFields, problemOf } from "../../templates/shared/codec";
import { jsonProblem } from "../../templates/shared/jsonProblem";
import type { FieldRules } from "../../templates/shared/policy";
import type { WireValue } from "../../templates/shared/protocol";
import type { FieldShape } from "../config/shape";
import type { FieldModel } from "./model";

/** Why a value cannot be stored and sent; `path` leads to the part of it that is to blame. */
export interface ValueProblem {
  /** `must be text`. */
  readonly message: string;
  readonly path: readonly string[];
}

/** Why the field could not hold its default, by the rules that device and server check rows with; `null` when it can. */
export function defaultProblem(field: FieldShape): ValueProblem | null {
  if (field.default === null) return null;
  const { value } = field.default;
  const message = problemOf(rulesOf(field), value);
  return message === null ? null : { message, path: pathToBlame(value, []) };
}

/** The default as rows hold it: a copy, with `-0` as `0`. `null`: there is none, or one that was reported. */
export function buildDefault(field: FieldShape): FieldModel["default"] {
  if (field.default === null || !isAllowed(rulesOf(field), field.default.value)) return null;
  // Safe: what a field may hold is plain JSON.
  const value = field.default.value as WireValue;
  return { value: normalizeFields({ value }).value ?? null };
}

/** Without its merge: what a set starts with has a code of its own. */
function rulesOf({ kind, optional, choices }: FieldShape): FieldRules {
  return kind === "json" ? { kind, optional, problemOf: jsonProblem } : { kind, optional, choices };
}

const jsonRules: FieldRules = { kind: "json", optional: true, problemOf: jsonProblem };
/** Deeper than any value may be; where the walk through a value that holds itself ends. */
const deepest = 16;

function pathToBlame(value: unknown, path: readonly string[]): readonly string[] {
  if (typeof value !== "object" || value === null || path.length === deepest) return path;
  const part = Object.entries(value).find(([, member]) => !isAllowed(jsonRules, member));
  return part === undefined ? path : pathToBlame(part[1], [...path, part[0]]);
}
