import { describe, expect, expectTypeOf, it } from "vitest";
import ts from "typescript";
import { boolean, choice, json, reference, table, text, timestamp } from "../../src/index";
import type { ChoiceField, JsonArrayField, JsonField, ReferenceField } from "../../src/index";

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  // Without the browser's types, which are most of the work.
  lib: ["lib.es2022.d.ts"],
};

/** The libraries and the builders are the same for every check. */
const parsed = new Map<string, ts.SourceFile | undefined>();

interface Checked {
  /** What is wrong with each of the configs. */
  readonly errors: readonly (readonly string[])[];
  readonly instantiations: number;
}

/** Type-checks configs that stand at the root of this repository, without writing them. */
function check(...texts: readonly string[]): Checked {
  const files = new Map(
    texts.map((text, index) => [`${process.cwd()}/sync${index}.config.ts`, text]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, target) => {
    const text = files.get(file);
    if (text !== undefined) return ts.createSourceFile(file, text, target);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, target));
    return parsed.get(file);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const errors = [...files.keys()].map((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
  return { errors, instantiations: program.getInstantiationCount() };
}

function config(tables: string): string {
  return `import { defineSync, table, text, integer, boolean, choice, reference, timestamp, json } from "./src/index";
export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: { ${tables} },
});`;
}

describe("types of fields", () => {
  it("say what the modifiers take, and stay the same through a chain", () => {
    expectTypeOf(choice(["a", "b"]).optional().index()).toEqualTypeOf<ChoiceField<"a" | "b">>();
    expectTypeOf(reference("tasks").optional()).toEqualTypeOf<ReferenceField<"tasks">>();
    expectTypeOf(json<string[]>()).toEqualTypeOf<JsonArrayField<string[]>>();
    expectTypeOf(json<{ a: number }>()).toEqualTypeOf<JsonField<{ a: number }>>();
    expectTypeOf(json()).toEqualTypeOf<JsonField<unknown>>();
    expectTypeOf(timestamp().default).parameter(0).toEqualTypeOf<number>();
    expectTypeOf(choice(["a", "b"]).default)
      .parameter(0)
      .toEqualTypeOf<"a" | "b">();
  });

  it("leave the field that a modifier is called on as it is", () => {
    const plain = text();
    const changed = plain.optional().describe("x");
    expect(changed).not.toBe(plain);
    expect(JSON.stringify(plain)).toBe(JSON.stringify(text()));
    expect(Object.isFrozen(changed)).toBe(true);
    expect(() => table({ policy: "hlc", fields: { done: boolean() } })).not.toThrow();
  });
});

describe("messages in the editor", () => {
  const cases = [
    [
      `tasks: table({ policy: "mobile-win", fields: { a: text() } })`,
      `Did you mean '"mobile-wins"'?`,
    ],
    [`tasks: table({ policy: "max-wins", fields: { a: integer() } })`, `Property 'by' is missing`],
    [
      `tasks: table({ policy: "max-wins", by: "b", fields: { a: integer() } })`,
      `Type '"b"' is not assignable to type '"a"'`,
    ],
    [
      `tasks: table({ policy: "hlc", fields: { p: reference("projects") } })`,
      `tasks: there is no table \\"projects\\" to reference`,
    ],
    [
      `tasks: table({ policy: "hlc", uniqueBy: ["b"], fields: { a: text() } })`,
      `Type '"b"' is not assignable to type '"a"'`,
    ],
    [
      `tasks: table({ policy: "append-only", operations: ["update"], fields: { a: text() } })`,
      `"update"' is not assignable to type '"create"'`,
    ],
    [
      `tasks: table({ policy: "hlc", fields: { a: text().counter() } })`,
      "Property 'counter' does not exist on type 'TextField'",
    ],
    [
      `tasks: table({ policy: "hlc", fields: { a: reference("tasks").default("x") } })`,
      "Property 'default' does not exist on type 'ReferenceField<\"tasks\">'",
    ],
    [
      `tasks: table({ policy: "hlc", fields: { a: json<{ at: Date }>() } })`,
      "T holds what JSON cannot carry: a Date",
    ],
  ] as const;

  it("say what is wrong and what would be right", () => {
    const { errors } = check(...cases.map(([tables]) => config(tables)));
    expect(errors).toEqual(cases.map(([, message]) => [expect.stringContaining(message)]));
  });
});

describe("the cost of checking a config", () => {
  function tables(count: number): string {
    return Array.from(
      { length: count },
      (_, index) => `
    t${index}: table({ policy: "mobile-wins", uniqueBy: ["a"], indexes: [["a", "g"]], fields: {
      a: text().index(), b: integer().default(1).counter(), c: boolean().default(false), d: choice(["x", "y${index}"]).default("x"),
      e: reference("t${(index * 7) % count}").optional(), f: json<{ n${index}: number }[]>().default([]), g: timestamp().optional(), h: text(),
    } }),`,
    ).join("");
  }

  it("grows with the number of tables, not faster", () => {
    const [few, many] = [50, 200].map((count) => check(config(tables(count))));
    expect([few?.errors, many?.errors]).toEqual([[[]], [[]]]);
    const growth = (many?.instantiations ?? 0) / (few?.instantiations ?? 1);
    expect(growth).toBeLessThan(4.2);
    expect((many?.instantiations ?? 0) / 200).toBeLessThan(1_500);
  });
});
