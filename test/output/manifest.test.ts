import { describe, expect, it } from "vitest";
import { type Manifest, noManifest, parseManifest, printManifest } from "../../src/output/manifest";

const manifest: Manifest = {
  ...noManifest,
  tool: "1.2.3",
  templates: "templates",
  model: "model",
  inputs: { "sync.config.ts": "i" },
  layout: { clientOut: "src", serverOut: "convex", apiImport: "../../convex/_generated/api" },
  formatting: "f",
  edited: { "convex/schema.ts": "e" },
  once: ["convex/crons.ts"],
  files: { "b.ts": { written: "1", planned: "1" }, "a.ts": { written: "2", planned: "3" } },
};

describe("the manifest", () => {
  it("reads back as it was printed", () => {
    expect(parseManifest(printManifest(manifest))).toEqual({
      ok: true,
      value: manifest,
      diagnostics: [],
    });
  });

  it("names modules of the user's where emitted files import some", () => {
    expect(printManifest(manifest)).not.toContain("userModules");
    const text = printManifest({ ...manifest, userModules: ["merge/b.ts", "merge/a.ts"] });
    expect(parseManifest(text)).toMatchObject({
      ok: true,
      value: { userModules: ["merge/a.ts", "merge/b.ts"] },
    });
    expect(parseManifest(text.replace('"merge/a.ts"', "1"))).toMatchObject({ ok: false });
  });

  it("keeps what a kept edit was made on, and reads what was written before there were any", () => {
    const kept = { emitted: "4", laidOut: "5" };
    const files = { "a.ts": { written: "2", planned: "3", kept } };
    const text = printManifest({ ...manifest, files });
    expect(text).toContain('"a.ts": "2 3 4 5"');
    expect(parseManifest(text)).toMatchObject({ ok: true, value: { files } });
    const before = printManifest(manifest).replace(/"version": \d+/, '"version": 1');
    expect(parseManifest(before)).toMatchObject({ ok: true, value: manifest });
  });

  it("has one sorted line a file, so that branches merge", () => {
    expect(printManifest(manifest)).toContain(
      '  "files": {\n    "a.ts": "2 3",\n    "b.ts": "1"\n  }\n',
    );
  });

  it("of a project that was never generated says that nothing is ours", () => {
    expect(parseManifest(undefined)).toMatchObject({ ok: true, value: { files: {} } });
  });

  it.each([
    ["", "SG401"],
    ["{", "SG401"],
    ["[]", "SG401"],
    ["null", "SG401"],
    ['{ "version": 1 }', "SG401"],
    ['{ "version": "1" }', "SG401"],
    [printManifest(manifest).replace('"once": [', '"once": [1, '), "SG401"],
    [printManifest(manifest).replace('"b.ts": "1"', '"b.ts": 1'), "SG401"],
    [printManifest(manifest).replace(/"version": \d+/, '"version": 99'), "SG403"],
    [
      `<<<<<<< HEAD\n${printManifest(manifest)}=======\n${printManifest(manifest)}>>>>>>> theirs\n`,
      "SG402",
    ],
  ])("that reads %j is refused with %s", (text, code) => {
    expect(parseManifest(text)).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code,
          severity: "error",
          hint: expect.any(String),
          location: { file: ".sync-gen/manifest.json" },
        },
      ],
    });
  });

  it("names the newer version that wrote it", () => {
    const newer = printManifest({ ...manifest, version: 99, tool: "9.0.0" });
    expect(parseManifest(newer).diagnostics[0]?.message).toContain("9.0.0");
  });
});
