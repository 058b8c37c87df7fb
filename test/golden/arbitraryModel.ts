import fc from "fast-check";
import {
  fieldKinds,
  policyNames,
  type FieldModel,
  type JsonType,
  type JsonValue,
  type Model,
  type TableModel,
} from "../../src/model/model";
import { tableNames } from "../../src/model/tableNames";

/** Text that ends strings, templates and comments where it is not embedded with care. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    "it's",
    '"',
    "'\"`",
    "`${x}`",
    "*/",
    "@ts-expect-error",
    "a\nb",
    "a\r\nb",
    "\u2028",
    "\\",
    "//",
    "<b>",
    "👩‍👩‍👧 漢字",
    "{{x}}",
  ),
  // SQLite ends a text at NUL, and half a surrogate pair is no text.
  fc.string({ maxLength: 30 }).map((text) => text.replaceAll("\u0000", "")),
  fc.lorem({ maxCount: 14 }),
);

const identifiers = (shortest: number, longest: number) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.stringMatching(new RegExp(`^[a-z][a-zA-Z]{${shortest},14}$`)) },
    fc.stringMatching(new RegExp(`^[a-z][a-zA-Z]{20,${longest}}$`)),
  );

const jsonValue = fc
  .jsonValue({ maxDepth: 2 })
  // Safe: the two types say the same.
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonValue)
  .filter((value) => value !== null);

const jsonType: fc.Arbitrary<JsonType> = fc
  .constantFrom(
    "string[]",
    "{ lat: number; lng: number }",
    "{\n  street: string;\n  city: { name: string; zip: string };\n  notes?: string[];\n}",
    "ChecklistItem[]",
    "Opening",
  )
  .map((type) => ({
    type,
    declarations:
      type === "ChecklistItem[]" ? ["interface ChecklistItem {\n  title: string;\n}"] : [],
    imports: type === "Opening" ? [{ name: "Opening", from: "./shared/opening" }] : [],
  }));

function fieldModel(parents: readonly string[]): fc.Arbitrary<FieldModel> {
  const choices = fc.uniqueArray(
    hostileText.filter((choice) => choice !== ""),
    { minLength: 1, maxLength: 6 },
  );
  return fc
    .record({
      name: identifiers(1, 60),
      kind: fc.constantFrom(...fieldKinds),
      optional: fc.boolean(),
      withDefault: fc.boolean(),
      text: hostileText,
      number: fc.integer(),
      json: jsonValue,
      jsonType: fc.option(jsonType),
      choices,
      parent: fc.constantFrom(...parents),
      side: fc.constantFrom<FieldModel["side"]>("both", "both", "device", "server"),
      description: fc.oneof(fc.constant(""), hostileText),
    })
    .map((plan) => {
      const values = {
        text: plan.text,
        integer: plan.number,
        real: plan.number / 8,
        boolean: plan.number > 0,
        timestamp: Math.abs(plan.number),
        json: plan.json,
        choice: plan.choices[0] ?? "",
        reference: null,
      } satisfies Record<FieldModel["kind"], JsonValue>;
      const value = values[plan.kind];
      return {
        name: plan.name,
        kind: plan.kind,
        optional: plan.optional || plan.kind === "reference",
        default: plan.withDefault && value !== null ? { value } : null,
        choices: plan.kind === "choice" ? plan.choices : [],
        references: plan.kind === "reference" ? plan.parent : null,
        json: plan.kind === "json" ? plan.jsonType : null,
        renamedFrom: null,
        indexed: plan.kind === "reference",
        side: plan.side,
        merge: null,
        description: plan.description,
      };
    });
}

function tableModel(name: string, parents: readonly string[]): fc.Arbitrary<TableModel> {
  return fc
    .record({
      policy: fc.constantFrom(...policyNames.filter((policy) => policy !== "custom")),
      operations: fc.subarray(["create", "update", "delete"] as const, { minLength: 1 }),
      fields: fc.uniqueArray(fieldModel(parents), {
        minLength: 1,
        maxLength: 7,
        selector: (field) => field.name.toLowerCase(),
      }),
      description: fc.oneof(fc.constant(""), hostileText),
      indexSize: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ policy, operations, fields, description, indexSize }) => {
      const own = fields.filter((field) => field.kind !== "json").slice(0, indexSize);
      return {
        name,
        names: tableNames(name, null),
        renamedFrom: null,
        // Not drawn: seeds go on to give what they gave.
        scope: fields.length % 3 === 0 ? "workspace" : null,
        policy: {
          name: policy,
          by: policy === "max-wins" ? "createdAt" : null,
          deletes: "revive" as const,
          module: null,
        },
        operations,
        uniqueBy: [],
        indexes: [
          ...fields
            .filter((field) => field.indexed)
            .map((field) => ({ name: `by_${field.name}`, fields: [field.name] })),
          ...(own.length > 1
            ? [{ name: "by_several", fields: own.map((field) => field.name) }]
            : []),
        ],
        fields,
        description,
      };
    });
}

/** Models of one to four tables with any names, fields, defaults and texts that a config may have. */
export const arbitraryModel: fc.Arbitrary<Model> = fc
  .uniqueArray(identifiers(2, 36), {
    minLength: 1,
    maxLength: 4,
    selector: (name) => tableNames(name, null).entity.toLowerCase(),
  })
  .chain((names) => fc.tuple(...names.map((name) => tableModel(name, names))))
  .map((tables) => ({
    client: {
      store: "expo-sqlite",
      out: "apps/native/src",
      apiImport: "@acme/backend/convex/_generated/api",
      appFolder: "apps/native",
      background: null,
    },
    server: {
      backend: "convex",
      out: "packages/backend/convex",
      retentionDays: 90,
      accepts: 2,
      tests: false,
      rateLimit: null,
      usesConvexAuth: false,
    },
    tables,
    schemaVersion: 1,
    hasConflicts: tables.some(({ policy }) => policy.name === "manual"),
  }));
