import { counter, oneWay, set } from "../../templates/shared/combine";
import { jsonProblem } from "../../templates/shared/jsonProblem";
import type {
  CurrentRow,
  FieldRules,
  IncomingOp,
  MergeInput,
  TableRules,
} from "../../templates/shared/policy";

/** A table with one field of every way to combine. */
export function tableRules(changes: Partial<TableRules> = {}): TableRules {
  return {
    name: "tasks",
    operations: ["create", "update", "delete"],
    fields: taskFields,
    uniqueBy: [],
    options: { by: "rank" },
    ...changes,
  };
}

export const taskFields: Readonly<Record<string, FieldRules>> = {
  title: { kind: "text", optional: false },
  note: { kind: "text", optional: true },
  rank: { kind: "integer", optional: true },
  count: { kind: "integer", optional: true, merge: counter },
  tags: { kind: "json", optional: true, problemOf: jsonProblem, merge: set },
  stage: {
    kind: "choice",
    optional: true,
    choices: ["new", "sent", "read"],
    merge: oneWay(["new", "sent", "read"]),
  },
};

/** The same without the fields that combine. */
export const plainFields: Readonly<Record<string, FieldRules>> = {
  title: { kind: "text", optional: false },
  note: { kind: "text", optional: true },
  rank: { kind: "integer", optional: true },
};

export const taskRow = {
  title: "Call",
  note: null,
  rank: 5,
  count: 10,
  tags: ["a", "b"],
  stage: "new",
};

/** The clock reading at `time` ms on `node`. */
export function at(time: number, node = "device00"): string {
  return `${String(time).padStart(15, "0")}-0000-${node}`;
}

/** A stamp from a small number. */
export function stamp(number: number): string {
  return String(number).padStart(19, "0");
}

/** The row as another device left it at time 200, after the op's base. */
export function currentRow(changes: Partial<CurrentRow> = {}): CurrentRow {
  return {
    fields: taskRow,
    stamp: stamp(2),
    deleted: false,
    edited: at(200, "other000"),
    opId: "op-2",
    clocks: {},
    ...changes,
  };
}

export const deletedRow = currentRow({ fields: {}, deleted: true });

/** An update made at time 300 on `taskRow`. */
export function incomingOp(changes: Partial<IncomingOp> = {}): IncomingOp {
  return {
    opId: "op-3",
    kind: "update",
    fields: { title: "Mine" },
    base: taskRow,
    baseStamp: stamp(1),
    edited: at(300),
    clocks: {},
    ...changes,
  };
}

/** An op that did not see the current row. */
export function concurrentInput(
  op: Partial<IncomingOp>,
  current: CurrentRow | null = currentRow({
    fields: { ...taskRow, title: "Theirs", rank: 7 },
  }),
  rules: TableRules = tableRules(),
): MergeInput {
  return { op: incomingOp(op), current, concurrent: current !== null, rules };
}

/** An op that saw the current row, whatever its clock says. */
export function sequentialInput(
  op: Partial<IncomingOp>,
  current: CurrentRow = currentRow(),
  rules: TableRules = tableRules(),
): MergeInput {
  const base = current.deleted ? null : current.fields;
  return {
    op: incomingOp({ base, baseStamp: current.stamp, ...op }),
    current,
    concurrent: false,
    rules,
  };
}
