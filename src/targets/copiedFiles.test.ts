import { describe, expect, it } from "vitest";
import type { TemplateLibrary } from "../render/templateLibrary";
import { copiedFiles, relativeImports, resolveImport } from "./copiedFiles";

function libraryOf(texts: Readonly<Record<string, string>>): TemplateLibrary {
  return { copied: (path) => texts[path], template: (name) => name };
}

const sourceOf = (path: string): string => `client/${path}`;

describe("copiedFiles", () => {
  it("takes the roots and all that they import, each once, with the files of other platforms", () => {
    const library = libraryOf({
      "client/sync/a.ts":
        'import type { B } from "./shared/b";\nexport { open } from "../db/client";\n',
      "client/sync/shared/b.ts": 'import { a } from "../a";\n',
      "client/db/client.ts": "",
      "client/db/client.web.ts": 'import { lock } from "./lock";\n',
      "client/db/lock.ts": "",
      "client/db/unused.ts": "",
    });
    const files = copiedFiles({
      library,
      out: "apps/native/src",
      roots: ["sync/a"],
      rendered: [],
      sourceOf,
    });
    expect(files.map((file) => file.path).sort()).toEqual([
      "apps/native/src/db/client.ts",
      "apps/native/src/db/client.web.ts",
      "apps/native/src/db/lock.ts",
      "apps/native/src/sync/a.ts",
      "apps/native/src/sync/shared/b.ts",
    ]);
    expect(new Set(files.map((file) => file.ownership))).toEqual(new Set(["owned"]));
  });

  it("throws where the roster names what is not there", () => {
    expect(() =>
      copiedFiles({
        library: libraryOf({}),
        out: "src",
        roots: ["sync/a"],
        rendered: [],
        sourceOf,
      }),
    ).toThrow("sync/a");
  });

  it("takes what rendered files import of the engine, and leaves the user's modules alone", () => {
    const library = libraryOf({ "client/sync/a.ts": "" });
    const text = 'import "../sync/a";\nimport "../sync/mine";\nimport "../../sync/a";\n';
    const rendered = [{ path: "src/db/schema.ts", text, ownership: "owned" }] as const;
    const files = copiedFiles({ library, out: "src", roots: [], rendered, sourceOf });
    expect(files.map((file) => file.path)).toEqual(["src/sync/a.ts"]);
  });
});

describe("what is rendered", () => {
  it("stands instead of what the engine has there", () => {
    const library = libraryOf({
      "client/sync/a.ts": 'import type { Kind } from "./kind";\n',
      "client/sync/kind.ts": 'import "./b";\n',
      "client/sync/b.ts": "",
    });
    const rendered = [{ path: "src/sync/kind.ts", text: "", ownership: "owned" }] as const;
    const files = copiedFiles({ library, out: "src", roots: ["sync/a"], rendered, sourceOf });
    expect(files.map((file) => file.path)).toEqual(["src/sync/a.ts"]);
  });
});

describe("relativeImports", () => {
  it("finds imports and exports over several lines, and no packages", () => {
    const text =
      'import {\n  a,\n} from "./a";\nimport "../b";\nimport { c } from "c";\nexport * from "./d";\nconst e = import("./e");\n';
    expect(relativeImports(text)).toEqual(["./a", "../b", "./d", "./e"]);
  });
});

describe("resolveImport", () => {
  it.each([
    ["sync/a.ts", "./b", "sync/b"],
    ["sync/shared/policies/a.ts", "../policy", "sync/shared/policy"],
    ["hooks/a.ts", "../sync/shared/b", "sync/shared/b"],
  ])("%s imports %s: %s", (from, target, want) => {
    expect(resolveImport(from, target)).toBe(want);
  });
});
