import * as combine from "../../../templates/shared/combine";
import { jsonProblem } from "../../../templates/shared/jsonProblem";
import type { FieldRules } from "../../../templates/shared/policy";

/** Fields that tests with phones make their tables of. */
export const text: FieldRules = { kind: "text", optional: false };
export const note: FieldRules = { kind: "text", optional: true };
export const counter: FieldRules = {
  kind: "integer",
  optional: false,
  default: 0,
  merge: combine.counter,
};
export const set: FieldRules = {
  kind: "json",
  optional: false,
  default: [],
  problemOf: jsonProblem,
  merge: combine.set,
};
export const stage: FieldRules = {
  kind: "choice",
  optional: false,
  default: "new",
  choices: ["new", "sent", "read"],
  merge: combine.oneWay(["new", "sent", "read"]),
};
