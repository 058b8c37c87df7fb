import { check } from "prettier";
import { describe, expect, it } from "vitest";
import { printLayout } from "./layout";
import { isObjectType, typeArgument, typeDeclaration, typeLayout } from "./typeText";

const aliasOf = (text: string): string =>
  `${printLayout(["export type Place = ", typeLayout(text), ";"])}\n`;

describe("typeLayout", () => {
  it.each<[string, string, string]>([
    ["a name", "ChecklistItem[]", "ChecklistItem[]"],
    ["an object", "{ lat: number, lng: number; }", "{ lat: number; lng: number }"],
    [
      "an object over several lines",
      "{\n  lat: number;\n  lng: number;\n}",
      "{ lat: number; lng: number }",
    ],
    [
      "an object without semicolons",
      "{\n  lat: number\n  readonly lng?: number\n}",
      "{ lat: number; readonly lng?: number }",
    ],
    ["a union over several lines", "{\n  kind:\n    | 'a'\n    | 'b'\n}", "{ kind: | 'a' | 'b' }"],
    ["objects in objects", "{ a: { b: string }[] }", "{ a: { b: string }[] }"],
    [
      "commas of type arguments",
      "{ a: Record<string, number>, b: [x: number, y: number] }",
      "{ a: Record<string, number>; b: [x: number, y: number] }",
    ],
    ["braces and separators in strings", '{ a: "{;}" }', '{ a: "{;}" }'],
    [
      "comments",
      "{ /* where */ lat: number; // north\n lng: number }",
      "{ lat: number; lng: number }",
    ],
    ["nothing", "{}", "{}"],
  ])("%s", (_name, text, want) => {
    expect(aliasOf(text)).toBe(`export type Place = ${want};\n`);
  });

  it("puts one member on a line where they do not fit, as prettier does", async () => {
    const text = aliasOf(
      `{ ${"a".repeat(30)}: string; ${"b".repeat(30)}: { c: number }; ${"d".repeat(20)}: null }`,
    );
    expect(text.split("\n")).toHaveLength(6);
    expect(await check(text, { parser: "typescript" })).toBe(true);
  });
});

describe("typeArgument", () => {
  it.each([
    ["a name stays", "VeryLong".repeat(9), `f<${"VeryLong".repeat(9)}>`],
    ["a list moves", `${"VeryLongs".repeat(9)}[]`, `f<\n  ${"VeryLongs".repeat(9)}[]\n>`],
    ["an object opens", `{ ${"a".repeat(70)}: 1 }`, `f<{\n  ${"a".repeat(70)}: 1;\n}>`],
  ])("%s", (_name, text, want) => {
    expect(printLayout(["f", typeArgument(text), "()"])).toBe(`${want}()`);
  });
});

describe("isObjectType", () => {
  it("is true for one object alone", () => {
    expect(["{ a: 1 }", "{ a: 1 }[]", "Name", "{ a: 1 } & { b: 2 }"].map(isObjectType)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("typeDeclaration", () => {
  it.each<[string, string, string]>([
    [
      "an interface on one line",
      "interface Item { label: string; done?: boolean }",
      "export interface Item {\n  label: string;\n  done?: boolean;\n}",
    ],
    ["an alias", "type Place = { lat: number };", "export type Place = { lat: number };"],
    ["what is exported already", "export type Place = Spot[];", "export type Place = Spot[];"],
    [
      "a union",
      'type Kind = "a|b" | Pick<X, "c" | "d">',
      'export type Kind = "a|b" | Pick<X, "c" | "d">;',
    ],
    [
      "a union that does not fit",
      "type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };",
      "export type JsonValue =\n  | null\n  | boolean\n  | number\n  | string\n  | readonly JsonValue[]\n  | { readonly [key: string]: JsonValue };",
    ],
    [
      "what somebody laid out",
      "interface Item {\n  /** Shown. */\n  label: string;\n}",
      "export interface Item {\n  /** Shown. */\n  label: string;\n}",
    ],
  ])("%s", async (_name, text, want) => {
    expect(typeDeclaration(text)).toBe(want);
    expect(await check(`${want}\n`, { parser: "typescript" })).toBe(true);
  });
});
