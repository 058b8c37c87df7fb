import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { precompileTemplates, templateOptions } from "./precompile";
import { renderTemplate } from "./renderTemplate";
import { packageLibrary, readTemplates, type TemplateLibrary } from "./templateLibrary";

function libraryOf(template: string): TemplateLibrary {
  return { copied: () => undefined, template: () => template };
}

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("renderTemplate", () => {
  it("fills in text as it is", () => {
    expect(renderTemplate(libraryOf("a {{b}} c"), "x", { b: "<&\"'`{{b}}" })).toBe(
      "a <&\"'`{{b}} c",
    );
  });

  it("leaves no trace of lines that only hold if and each", () => {
    const template = "{{#each rows}}\n{{#if isShown}}\n- {{name}}\n{{/if}}\n{{/each}}\nend\n";
    const rows = [
      { name: "a", isShown: true },
      { name: "b", isShown: false },
    ];
    expect(renderTemplate(libraryOf(template), "x", { rows })).toBe("- a\nend\n");
  });

  it.each([
    ["a name", "{{missing}}", {}],
    ["a name in a condition", "{{#if missing}}x{{/if}}", { other: 1 }],
    ["a list", "{{#each missing}}x{{/each}}", {}],
    ["a name inside a list", "{{#each rows}}{{missing}}{{/each}}", { rows: [{ name: "a" }] }],
    ["a name of an object", "{{row.missing}}", { row: { name: "a" } }],
    ["a name that every object has", "{{constructor.name}}", { a: 1 }],
  ])("throws when %s is not in the view", (_name, template, view) => {
    expect(() => renderTemplate(libraryOf(template), "x", view)).toThrow();
  });

  it("knows no helper but if and each", () => {
    expect(() =>
      renderTemplate(libraryOf("{{#with row}}{{name}}{{/with}}"), "x", { row: { name: "a" } }),
    ).toThrow();
    expect(() =>
      renderTemplate(libraryOf('{{lookup row "name"}}'), "x", { row: { name: "a" } }),
    ).toThrow();
  });
});

describe("precompileTemplates", () => {
  it("makes a module that renders the same without the compiler", async () => {
    const source = "{{#each rows}}\n{{#if name}}\n{{name}}\n{{/if}}\n{{/each}}\n";
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    folders.push(folder);
    writeFileSync(
      join(folder, "compiled.mjs"),
      precompileTemplates({ "a/b.ts": source, other: "x" }),
    );

    const { compiledTemplates } = (await import(
      pathToFileURL(join(folder, "compiled.mjs")).href
    )) as {
      readonly compiledTemplates: Readonly<Record<string, TemplateSpecification>>;
    };
    const runtime = createRequire(import.meta.url)(
      "handlebars/runtime",
    ) as typeof import("handlebars");
    const specification = compiledTemplates["a/b.ts"];
    if (specification === undefined) throw new Error("not compiled");
    const view = { rows: [{ name: "one" }, { name: "" }, { name: "two" }] };
    expect(runtime.template(specification)(view)).toBe(
      renderTemplate(libraryOf(source), "a/b.ts", view),
    );
    expect(Object.keys(compiledTemplates)).toEqual(["a/b.ts", "other"]);
  });

  it("compiles every template of the package", () => {
    const templates = readTemplates("templates");
    expect(Object.keys(templates)).toContain("convex/sync.ts");
    expect(() => precompileTemplates(templates)).not.toThrow();
    expect(templateOptions).toMatchObject({ noEscape: true, strict: true, knownHelpersOnly: true });
  });
});

describe("packageLibrary", () => {
  it("finds the package's own templates", () => {
    expect(packageLibrary().copied("shared/protocol.ts")).toBe(
      readFileSync("templates/shared/protocol.ts", "utf8"),
    );
    expect(packageLibrary().copied("shared/nothing.ts")).toBeUndefined();
    expect(() => packageLibrary().template("nothing")).toThrow(/no template "nothing"/);
  });

  it("gives the same text from a checkout with CRLF", () => {
    const folder = mkdtempSync(join(tmpdir(), "templates-"));
    folders.push(folder);
    writeFileSync(join(folder, "a.ts"), "one\r\ntwo\r\n");
    expect(packageLibrary(folder).copied("a.ts")).toBe("one\ntwo\n");
  });
});
