import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Committed } from "../../src/output/committed";
import { changesOf } from "../../src/output/changes";
import { createFormatter, type Formatter } from "../../src/output/format";
import { contentHash } from "../../src/output/contentHash";
import { noManifest } from "../../src/output/manifest";
import { mergeTexts } from "../../src/output/mergeTexts";
import { lookAt, manifestOf, nothingCommitted, planOf, runPlan } from "./applyPlan";
import { MemoryProject } from "./memoryProject";

const lines = (...all: readonly string[]): string => `${all.join("\n")}\n`;
const first = lines("one();", "two();", "three();", "four();", "five();");
/** `first` with what the user wrote at its end. */
const mine = lines("one();", "two();", "three();", "four();", "mine();");
/** `first` with a change of ours far from that. */
const second = lines("ONE();", "two();", "three();", "four();", "five();");
const both = lines("ONE();", "two();", "three();", "four();", "mine();");
/** `first` with a change of ours in the same line. */
const clash = lines("one();", "two();", "three();", "four();", "FIVE();");

/** A project that was generated, with an edit of `a.ts` afterwards. */
async function edited(text = mine): Promise<MemoryProject> {
  const project = new MemoryProject();
  await runPlan(project, planOf({ "a.ts": first, "b.ts": first }));
  project.texts.set("a.ts", text);
  return project;
}

/** As `edited`, with the edit kept. */
async function kept(): Promise<MemoryProject> {
  const project = await edited();
  await runPlan(project, planOf({ "a.ts": first, "b.ts": first }), "keep");
  return project;
}

/** The formatter of a project that wants no semicolons. */
function restyling(project: MemoryProject): Formatter {
  return {
    ...createFormatter("/nowhere", project),
    settings: () => "semi: false",
    format: ({ text }) =>
      Promise.resolve({ ok: true, value: text.replaceAll(";", ""), diagnostics: [] }),
  };
}

const emittedPath = `.sync-gen/emitted/a.ts.${contentHash(first)}.txt`;
const emittedFiles = (project: MemoryProject): readonly string[] =>
  [...project.texts.keys()].filter((path) => path.startsWith(".sync-gen/emitted/"));

describe("an edit that the user keeps", () => {
  it("stays as it is, beside the text that it was made on, and is in order from then on", async () => {
    const project = await edited();
    const plan = planOf({ "a.ts": first, "b.ts": first });

    expect(await runPlan(project, plan, "keep")).toEqual(["keep a.ts", `create ${emittedPath}`]);

    expect(project.read("a.ts")).toBe(mine);
    expect(project.read(emittedPath)).toBe(first);
    expect(await runPlan(project, plan)).toEqual([]);
    expect(await runPlan(project, plan, "keep")).toEqual([]);
  });

  it("is merged into every later text of ours, without being asked for again", async () => {
    const project = await kept();
    const plan = planOf({ "a.ts": second, "b.ts": first });

    const next = `.sync-gen/emitted/a.ts.${contentHash(second)}.txt`;
    expect(await runPlan(project, plan)).toEqual([
      "merge a.ts",
      `create ${next}`,
      `delete ${emittedPath}`,
    ]);

    expect(project.read("a.ts")).toBe(both);
    expect(await runPlan(project, plan)).toEqual([]);
    expect(await runPlan(project, planOf({ "a.ts": first, "b.ts": first }))).toContain(
      "merge a.ts",
    );
    expect(project.read("a.ts")).toBe(mine);
  });

  it("stands in the way of a change of the same lines, which are named", async () => {
    const project = await kept();
    const plan = planOf({ "a.ts": clash, "b.ts": first });

    for (const edits of ["stay", "keep"] as const) {
      const { changes } = await lookAt(project, plan, edits);
      expect(changesOf(changes, "conflict")).toMatchObject([
        { path: "a.ts", reason: "overlap", lines: [5] },
      ]);
    }

    expect(await runPlan(project, plan, "replace")).toEqual([
      "update a.ts",
      `delete ${emittedPath}`,
    ]);
    expect(project.read("a.ts")).toBe(clash);
    expect(manifestOf(project).files["a.ts"]).not.toHaveProperty("kept");
  });

  it("gives way only in the lines that would change, all of which are shown, and can be made there again", async () => {
    const project = await edited(
      lines("MINE1();", "two();", "mine2();", "three();", "four();", "mine();"),
    );
    const before = planOf({ "a.ts": first, "b.ts": first });
    await runPlan(project, before, "keep");
    const plan = planOf({
      "a.ts": lines("ONE();", "two();", "three();", "four();", "FIVE();"),
      "b.ts": first,
    });

    const { changes } = await lookAt(project, plan);
    const [conflict] = changesOf(changes, "conflict");
    expect(conflict).toMatchObject({ reason: "overlap", lines: [1, 6] });
    const changed = conflict?.diff.split("\n").filter((line) => /^[-+]\w/.test(line));
    expect(changed).toEqual(["-MINE1();", "+ONE();", "-mine();", "+FIVE();"]);

    const given = lines("ONE();", "two();", "mine2();", "three();", "four();", "FIVE();");
    project.texts.set("a.ts", given);
    expect(await runPlan(project, plan)).toEqual(["conflict(both) a.ts"]);
    expect(await runPlan(project, plan, "keep")).toContain("keep a.ts");
    expect(project.read("a.ts")).toBe(given);
    project.texts.set("a.ts", given.replace("FIVE", "MINE5"));
    expect(await runPlan(project, plan, "keep")).toEqual(["keep a.ts"]);
    expect(await runPlan(project, plan)).toEqual([]);
  });

  it("is an edit like any other again when it is edited further, until that is kept too", async () => {
    const project = await kept();
    const further = both.replace("two", "TWO");
    project.texts.set("a.ts", further);
    const plan = planOf({ "a.ts": first, "b.ts": first });

    expect(await runPlan(project, plan)).toEqual(["conflict(edited) a.ts"]);
    expect(await runPlan(project, planOf({ "a.ts": second, "b.ts": first }))).toEqual([
      "conflict(both) a.ts",
    ]);
    expect(await runPlan(project, plan, "keep")).toEqual(["keep a.ts"]);
    expect(await runPlan(project, plan)).toEqual([]);
    expect(project.read("a.ts")).toBe(further);
    expect(emittedFiles(project)).toEqual([emittedPath]);
  });

  it("is in order when a formatter's settings are others, whether they change what it prints or not", async () => {
    const project = await kept();
    const plan = planOf({ "a.ts": first, "b.ts": first });
    const formatter = { ...createFormatter("/nowhere", project), settings: () => "others" };
    expect(await runPlan(project, plan, "stay", { formatter })).toEqual([]);

    const restyled = restyling(project);
    for (const path of ["a.ts", "b.ts"])
      project.texts.set(path, (project.read(path) ?? "").replaceAll(";", ""));
    expect(await runPlan(project, plan, "stay", { formatter: restyled })).toEqual([]);
    expect(emittedFiles(project)).toEqual([emittedPath]);
    const { changes } = await lookAt(project, planOf({ "a.ts": clash, "b.ts": first }), "stay", {
      formatter: restyled,
    });
    expect(changesOf(changes, "conflict")).toMatchObject([{ reason: "overlap", lines: [5] }]);
    const next = planOf({ "a.ts": second, "b.ts": first });
    await runPlan(project, next, "stay", { formatter: restyled });
    expect(project.read("a.ts")).toBe(both.replaceAll(";", ""));
  });

  it("ends when the user takes it back", async () => {
    const project = await kept();
    project.texts.set("a.ts", first);
    const plan = planOf({ "a.ts": first, "b.ts": first });

    expect(await runPlan(project, plan)).toEqual([`delete ${emittedPath}`]);
    expect(manifestOf(project).files["a.ts"]).not.toHaveProperty("kept");
    expect(await runPlan(project, planOf({ "a.ts": second, "b.ts": first }))).toEqual([
      "update a.ts",
    ]);
  });

  it("ends when what is emitted says the same", async () => {
    const project = await kept();
    expect(await runPlan(project, planOf({ "a.ts": mine, "b.ts": first }))).toEqual([
      `delete ${emittedPath}`,
    ]);
    expect(manifestOf(project).files["a.ts"]).not.toHaveProperty("kept");
  });

  it("is not removed with the file when that is no longer emitted", async () => {
    const project = await kept();
    expect(await runPlan(project, planOf({ "b.ts": first }))).toEqual(["conflict(orphan) a.ts"]);
    expect(project.read("a.ts")).toBe(mine);
    expect(await runPlan(project, planOf({ "b.ts": first }), "replace")).toEqual([
      "delete a.ts",
      `delete ${emittedPath}`,
    ]);
  });

  it("is written anew without the edit when the user deletes the file", async () => {
    const project = await kept();
    project.texts.delete("a.ts");
    expect(await runPlan(project, planOf({ "a.ts": first, "b.ts": first }))).toEqual([
      "create a.ts",
      `delete ${emittedPath}`,
    ]);
  });

  it("stays while the files of a command are written", async () => {
    const project = await kept();
    const { changes } = await lookAt(project, planOf({ "c.ts": first }), "stay", {
      isWhole: false,
    });
    expect(changes).toEqual([{ kind: "create", path: "c.ts", text: first }]);
  });
});

describe("the emitted texts beneath edits", () => {
  it("stay while nobody knows what they are for, as without a manifest", async () => {
    const project = await kept();
    const { changes } = await lookAt(project, planOf({ "c.ts": first }), "stay", {
      manifest: noManifest,
      isWhole: false,
    });
    expect(changes).toEqual([{ kind: "create", path: "c.ts", text: first }]);
  });

  it("are all that is removed from their folder", async () => {
    const project = await kept();
    project.texts.set(".sync-gen/emitted/.DS_Store", "");
    await runPlan(project, planOf({ "a.ts": second, "b.ts": first }));
    expect(emittedFiles(project)).toContain(".sync-gen/emitted/.DS_Store");
    expect(emittedFiles(project)).not.toContain(emittedPath);
  });

  it("are written anew when somebody changed them", async () => {
    const project = await kept();
    project.texts.set(emittedPath, "changed");
    expect(await runPlan(project, planOf({ "a.ts": first, "b.ts": first }))).toEqual([
      "keep a.ts",
      `update ${emittedPath}`,
    ]);
    expect(project.read(emittedPath)).toBe(first);
  });
});

describe("an edit that was never kept, of a text that changes", () => {
  const plan = planOf({ "a.ts": second, "b.ts": first });

  it("is merged on the text that was emitted before it, where that was committed", async () => {
    const project = await edited();
    const asked: string[] = [];
    const committed: Committed = {
      ...nothingCommitted,
      text: (path, hash) => {
        asked.push(path, hash);
        return first;
      },
    };
    expect(await runPlan(project, plan, "keep", { committed })).toContain("merge a.ts");
    expect(asked).toEqual(["a.ts", contentHash(first)]);
    expect(project.read("a.ts")).toBe(both);
  });

  it("stays where that text is nowhere", async () => {
    const project = await edited();
    expect(await runPlan(project, plan, "keep")).toEqual(["conflict(lost) a.ts"]);
    expect(project.read("a.ts")).toBe(mine);
  });

  it("is merged when its emitted text was lost from the project, but was committed", async () => {
    const project = await kept();
    project.texts.delete(emittedPath);
    expect(await runPlan(project, plan)).toEqual(["conflict(lost) a.ts"]);
    expect(
      await runPlan(project, plan, "stay", {
        committed: { ...nothingCommitted, text: () => first },
      }),
    ).toContain("merge a.ts");
  });

  it("is merged whatever the line ends on disk are", async () => {
    const project = await edited(mine.replaceAll("\n", "\r\n"));
    await runPlan(project, plan, "keep", { committed: { ...nothingCommitted, text: () => first } });
    expect(project.read("a.ts")).toBe(both);
  });

  it("is not touched while its file holds conflict markers", async () => {
    const marked = `<<<<<<< HEAD\n${mine}=======\n${first}>>>>>>> other\n`;
    const project = await edited(marked);
    expect(
      await runPlan(project, plan, "keep", {
        committed: { ...nothingCommitted, text: () => first },
      }),
    ).toEqual(["conflict(merge) a.ts"]);
    expect(project.read("a.ts")).toBe(marked);
  });
});

describe("mergeTexts", () => {
  const text = fc
    .array(fc.constantFrom("a", "b", "c", "{", "}", ""), { maxLength: 12 })
    .map((all) => all.map((line) => `${line}\n`).join(""));

  it("takes the one side that changed, and a change of both once", () => {
    fc.assert(
      fc.property(text, text, (base, changed) => {
        const ok = { ok: true, text: changed };
        expect(mergeTexts(changed, base, base)).toEqual(ok);
        expect(mergeTexts(base, base, changed)).toEqual(ok);
        expect(mergeTexts(changed, base, changed)).toEqual(ok);
      }),
    );
  });

  it("lets a new version of sync-gen have its header, whatever stands beside it", () => {
    const header = (words: string) =>
      `// Written by sync-gen ${words} sync.config.ts.\n// Yours.\n\n`;
    // Version 0.1.0 named itself there.
    const base = `${header("0.1.0 from")}${first}`;
    expect(mergeTexts(`/* eslint-disable */\n${base}`, base, `${header("from")}${second}`)).toEqual(
      {
        ok: true,
        text: `/* eslint-disable */\n${header("from")}${second}`,
      },
    );
  });

  it("keeps every line that a side added, whatever the other did", () => {
    const added = fc.array(fc.constantFrom("mine1", "mine2"), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(text, text, added, fc.nat(), (base, theirs, own, place) => {
        const all = base.split("\n");
        const at = place % all.length;
        const edit = [...all.slice(0, at), ...own, ...all.slice(at)].join("\n");
        const merged = mergeTexts(edit, base, theirs);
        if (!merged.ok) return;
        expect(merged.text.split("\n").filter((line) => line.startsWith("mine"))).toEqual(own);
      }),
    );
  });
});
