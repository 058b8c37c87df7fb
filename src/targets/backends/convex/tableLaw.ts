import type { FieldModel, JsonValue, PolicyName, TableModel } from "../../../model/model";
import type { Layout } from "../../../render/layout";
import { call, callWithLast, jsonLiteral, numberLiteral } from "../../../render/literals";
import { isSynced } from "../../tableRules";

/** What a table promises above all, as a test of two devices, `phone` and `tablet`, that both saw `row`. */
export interface TableLaw {
  /** What is promised, continuing the name of the table. */
  readonly title: string;
  readonly steps: readonly Layout[];
}

/** The main law of a table's policy, shown with the table's own fields, as far as its operations let devices show it. */
export function tableLaw(table: TableModel): TableLaw {
  const edits = editsOf(table);
  if (table.policy.name === "append-only") return constancy;
  if (table.operations.includes("update") && edits !== null)
    return laws[table.policy.name](edits, table);
  return table.operations.includes("delete") && table.policy.name !== "custom"
    ? deletion
    : visibility;
}

/** Values for two edits of a row that differ from each other and from what a new row has. */
interface Edits {
  readonly first: Values;
  readonly second: Values;
  /** An edit of another field than `second`'s; `null` where there is only one that can be edited freely. */
  readonly beside: Values | null;
}

type Values = Readonly<Record<string, JsonValue>>;

// Seconds from now: both later than the row, and the edit that arrives second made first.
const [earlier, later] = [30, 60];

const laws = {
  "mobile-wins": ({ first, second }) => ({
    title: "keeps the edit that arrives last, however old it is",
    steps: [edit("tablet", first, later), edit("phone", second, earlier), expectRow(second)],
  }),
  "server-wins": ({ first, second }) => ({
    title: "gives an edit of an outdated row no effect",
    steps: [
      edit("tablet", first),
      ["const late = ", edit("phone", second)],
      'expect(late.outcome).toBe("superseded");',
      expectRow(first),
    ],
  }),
  "last-write-wins": laterWins,
  hlc: laterWins,
  "field-merge": (edits) => {
    const { second, beside } = edits;
    if (beside === null) return laterWins(edits);
    return {
      title: "keeps both of two edits of different fields",
      steps: [edit("tablet", beside), edit("phone", second), expectRow({ ...beside, ...second })],
    };
  },
  "append-only": () => constancy,
  "max-wins": (_edits, table) => {
    const { by } = table.policy;
    const field = table.fields.find(({ name }) => name === by);
    const steps = field === undefined || table.uniqueBy.includes(field.name) ? null : rise(field);
    if (steps === null) return visibility;
    const [low, high] = steps.map((value): Values => ({ [field?.name ?? ""]: value }));
    return {
      title: `never lowers ${field?.name ?? ""}`,
      steps: [edit("tablet", high ?? {}), edit("phone", low ?? {}), expectRow(high ?? {})],
    };
  },
  manual: ({ first, second }) => ({
    title: "leaves two edits of one field to the user",
    steps: [
      edit("tablet", first),
      ["const other = ", edit("phone", second)],
      'expect(other.outcome).toBe("conflict");',
      expectRow(first),
    ],
  }),
  custom: ({ first, second }) => ({
    title: "answers an edit with the row that every device reads",
    steps: [
      edit("tablet", first),
      ["const answer = ", edit("phone", second)],
      "expect(await tablet.read(row)).toEqual(answer.row?.fields);",
    ],
  }),
} satisfies Record<PolicyName, (edits: Edits, table: TableModel) => TableLaw>;

function laterWins({ first, second }: Edits): TableLaw {
  return {
    title: "keeps the later edit, whichever arrives last",
    steps: [edit("tablet", first, later), edit("phone", second, earlier), expectRow(first)],
  };
}

const constancy: TableLaw = {
  title: "never changes a row",
  steps: [
    "const refused = await phone.edit(row, row.fields);",
    'expect(refused.outcome).toBe("rejected");',
    "expect(await tablet.read(row)).toEqual(row.fields);",
  ],
};

const deletion: TableLaw = {
  title: "deletes a row on all of the user's devices",
  steps: ["await phone.remove(row);", "expect(await tablet.read(row)).toBeNull();"],
};

const visibility: TableLaw = {
  title: "shows a row to all of the user's devices",
  steps: [
    "expect(await phone.read(row)).toEqual(row.fields);",
    "expect(await tablet.read(row)).toEqual(row.fields);",
  ],
};

function edit(device: string, values: Values, seconds?: number): Layout {
  const callee = `${device}.edit`;
  const fields = jsonLiteral(values);
  const made =
    seconds === undefined
      ? callWithLast(callee, ["row"], fields)
      : call(callee, ["row", fields, numberLiteral(seconds)]);
  return ["await ", made, ";"];
}

function expectRow(values: Values): Layout {
  return [
    callWithLast("expect(await phone.read(row)).toMatchObject", [], jsonLiteral(values)),
    ";",
  ];
}

function editsOf(table: TableModel): Edits | null {
  const pairs = table.fields
    .filter((field) => isSynced(field) && field.merge === null)
    .filter(({ name }) => !table.uniqueBy.includes(name) && name !== table.policy.by)
    .flatMap((field) => {
      const values = twoValues(field);
      return values === null ? [] : [{ name: field.name, values }];
    });
  const [main, other] = pairs;
  if (main === undefined) return table.policy.name === "max-wins" ? noEdits : null;
  const [first, second] = main.values;
  return {
    first: { [main.name]: first },
    second: { [main.name]: second },
    beside: other === undefined ? null : { [other.name]: other.values[0] },
  };
}

const noEdits: Edits = { first: {}, second: {}, beside: null };

/** Two values that a new row of the tests does not have. */
function twoValues(field: FieldModel): readonly [JsonValue, JsonValue] | null {
  const { kind, choices, optional } = field;
  switch (kind) {
    case "text":
      return ["first edit", "second edit"];
    case "integer":
      return [1001, 1002];
    case "real":
      return [1001.5, 1002.5];
    case "timestamp":
      return [1_700_000_000_000, 1_700_000_060_000];
    case "json":
      return [{ edit: "first" }, { edit: "second" }];
    case "choice": {
      const initial = field.default?.value ?? (optional ? null : (choices[0] ?? null));
      const [first, second] = choices.filter((choice) => choice !== initial);
      return first === undefined || second === undefined ? null : [first, second];
    }
    case "boolean":
      return optional && field.default === null ? [true, false] : null;
    case "reference":
      return null;
  }
}

/** A lower and a higher value, neither below what a new row of the tests has. */
function rise(field: FieldModel): readonly [JsonValue, JsonValue] | null {
  const start = field.default?.value ?? null;
  switch (field.kind) {
    case "integer":
    case "real":
    case "timestamp": {
      const least = Math.max(typeof start === "number" ? start : 0, 1000);
      return [least + 1, least + 2];
    }
    case "text":
      return [
        `${typeof start === "string" ? start : "z"}y`,
        `${typeof start === "string" ? start : "z"}z`,
      ];
    case "choice": {
      const [low, high] = field.choices.slice(-2);
      return low === undefined || high === undefined ? null : [low, high];
    }
    case "boolean":
    case "json":
    case "reference":
      return null;
  }
}
