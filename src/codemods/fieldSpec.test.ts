import { describe, expect, it } from "vitest";
import { parseFieldSpec, parseFieldSpecs } from "./fieldSpec";

const plain = { optional: false, choices: [], references: null, type: null, default: null };

describe("a field of the command line", () => {
  it.each([
    ["title:text", { name: "title", kind: "text" }],
    ["done:boolean=false", { name: "done", kind: "boolean", default: { value: false } }],
    ["dueAt:timestamp?", { name: "dueAt", kind: "timestamp", optional: true }],
    ["dueAt:timestamp=0", { name: "dueAt", kind: "timestamp", default: { value: 0 } }],
    [
      "priority:choice(low, normal,high)=normal",
      {
        name: "priority",
        kind: "choice",
        choices: ["low", "normal", "high"],
        default: { value: "normal" },
      },
    ],
    [
      "project:reference(projects)?",
      { name: "project", kind: "reference", references: "projects", optional: true },
    ],
    ["note:text=", { name: "note", kind: "text", default: { value: "" } }],
    ["note:text?=a=b?", { name: "note", kind: "text", optional: true, default: { value: "a=b?" } }],
    ["rank:real=-1.5", { name: "rank", kind: "real", default: { value: -1.5 } }],
    ["rank:integer=-3", { name: "rank", kind: "integer", default: { value: -3 } }],
    [
      "tags:json(string[])=[]",
      { name: "tags", kind: "json", type: "string[]", default: { value: [] } },
    ],
    [
      "place:json((Place | null)[])?",
      { name: "place", kind: "json", type: "(Place | null)[]", optional: true },
    ],
    ["any:json", { name: "any", kind: "json" }],
  ])("%s is read", (text, wanted) => {
    expect(parseFieldSpec(text)).toEqual({
      ok: true,
      value: { ...plain, ...wanted },
      diagnostics: [],
    });
  });

  it.each([
    ["title", "SG920"],
    ["title:", "SG920"],
    ["title:text!", "SG920"],
    ["my-title:text", "SG921"],
    [":text", "SG921"],
    ["_id:text", "SG921"],
    ["title:string", "SG922"],
    ["title:choice", "SG923"],
    ["title:choice(a,)", "SG923"],
    ["title:choice(a,a)", "SG923"],
    ["project:reference", "SG923"],
    ["project:reference(my projects)", "SG923"],
    ["title:text(3)", "SG923"],
    ["done:boolean=yes", "SG924"],
    ["count:integer=1.5", "SG924"],
    ["count:integer=9007199254740993", "SG924"],
    ["rank:real=", "SG924"],
    ["rank:real=Infinity", "SG924"],
    ["dueAt:timestamp=2026-01-01", "SG924"],
    ["priority:choice(a,b)=c", "SG924"],
    ["project:reference(projects)=x", "SG924"],
    ["tags:json=[", "SG924"],
  ])("%s is refused with %s and what is allowed", (text, code) => {
    const parsed = parseFieldSpec(text);
    expect(parsed.diagnostics).toMatchObject([{ code, severity: "error" }]);
    expect(parsed.ok).toBe(false);
    expect(parsed.diagnostics[0]?.allowed).toMatch(/\S/);
  });

  it.each([
    ["string", "text"],
    ["bool", "boolean"],
    ["int", "integer"],
    ["number", "real"],
    ["date", "timestamp"],
    ["times", "timestamp"],
    ["enum", "choice"],
    ["ref", "reference"],
  ])("the kind %s is guessed to mean %s", (written, meant) => {
    expect(parseFieldSpec(`a:${written}`).diagnostics[0]?.hint).toBe(`Did you mean ${meant}?`);
  });

  it("reports everything that is wrong with several fields, and fields given twice", () => {
    expect(
      parseFieldSpecs(["a", "b:text", "c:x", "b:real"]).diagnostics.map((d) => d.code),
    ).toEqual(["SG920", "SG922", "SG925"]);
    expect(parseFieldSpecs(["a:text", "b:real"])).toMatchObject({
      ok: true,
      value: [{ name: "a" }, { name: "b" }],
    });
  });
});
