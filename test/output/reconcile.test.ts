import { describe, expect, it } from "vitest";
import { changesOf } from "../../src/output/changes";
import type { PlannedEdit } from "../../src/plan/plan";
import { lookAt, manifestOf, planOf, runPlan } from "./applyPlan";
import { MemoryProject } from "./memoryProject";

const tasks = 'export const tasks = { name: "tasks", fields: ["text", "isDone"] };\n';
const tasksWithDue = 'export const tasks = { name: "tasks", fields: ["text", "isDone", "due"] };\n';
/** `tasks` as a formatter of the user's prints it. */
const tasksReformatted = "export const tasks = { name: 'tasks', fields: ['text', 'isDone'] }\n";

async function generated(texts: Readonly<Record<string, string>>): Promise<MemoryProject> {
  const project = new MemoryProject();
  await runPlan(project, planOf(texts));
  return project;
}

describe("a plan on an empty project", () => {
  it("creates its files, and a second run changes nothing", async () => {
    const project = new MemoryProject();
    expect(await runPlan(project, planOf({ "a.ts": tasks, "b.sql": "select 1;" }))).toEqual([
      "create a.ts",
      "create b.sql",
    ]);
    const steps = project.steps.length;
    expect(await runPlan(project, planOf({ "a.ts": tasks, "b.sql": "select 1;" }))).toEqual([]);
    expect(project.steps.length).toBe(steps);
  });

  it("takes over a file that reads as planned already", async () => {
    const project = new MemoryProject({ "a.ts": tasks });
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual([]);
    expect(Object.keys(manifestOf(project).files)).toEqual(["a.ts"]);
  });

  it("never replaces a file that is not ours", async () => {
    const project = new MemoryProject({ "a.ts": "export const mine = 1;\n" });
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["conflict(foreign) a.ts"]);
    expect(project.read("a.ts")).toBe("export const mine = 1;\n");
    expect(await runPlan(project, planOf({ "a.ts": tasks }), "replace")).toEqual(["update a.ts"]);
  });
});

describe("a file with our header that the manifest does not know as it stands", () => {
  const ours = `// Written by sync-gen 0.9.0 from sync.config.ts.\n${tasks}`;

  it("is not called somebody else's, and is replaced by force", async () => {
    const project = new MemoryProject({ "a.ts": ours });
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual([
      "conflict(unrecorded) a.ts",
    ]);
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }), "replace")).toEqual([
      "update a.ts",
    ]);
  });

  it("may be one of ours when the manifest is of another commit", async () => {
    const project = await generated({ "a.ts": tasks, "b.ts": tasks });
    project.texts.set("a.ts", ours);
    const { changes } = await lookAt(
      project,
      planOf({ "a.ts": tasksWithDue, "b.ts": tasksWithDue }),
      "stay",
      { outdated: true },
    );
    expect(changes).toMatchObject([
      { kind: "conflict", path: "a.ts", reason: "unrecorded" },
      { kind: "update", path: "b.ts" },
    ]);
  });
});

describe("a file of our own state", () => {
  const state = (text: string) => ({
    files: [{ path: "state.json", text, ownership: "state", parser: null } as const],
    edits: [],
  });

  it("stays as a formatter left it, as long as it means the same", async () => {
    const project = new MemoryProject();
    await runPlan(project, state('{"a":[1,2]}\n'));
    project.texts.set("state.json", '{\n  "a": [1, 2]\n}');
    expect(await runPlan(project, state('{"a":[1,2]}\n'))).toEqual([]);
    expect(await runPlan(project, state('{"a":[1,3]}\n'))).toEqual(["update state.json"]);
  });

  it("is written over whatever stands there: the plan was made from it", async () => {
    const project = new MemoryProject({ "state.json": '{"a":0}' });
    expect(await runPlan(project, state('{"a":[1]}\n'))).toEqual(["update state.json"]);
    project.texts.set("state.json", '{"a":7}');
    expect(await runPlan(project, state('{"a":[1]}\n'))).toEqual(["update state.json"]);
  });
});

describe("JSON that is no longer planned", () => {
  it("is removed also after a formatter's run, which closes up arrays", async () => {
    const project = new MemoryProject();
    const text = `${JSON.stringify({ columns: ["a"] }, null, 2)}\n`;
    const file = { path: "0000.json", text, ownership: "state", parser: "json" } as const;
    await runPlan(project, { files: [file], edits: [] });
    project.texts.set("0000.json", '{ "columns": ["a"] }\n');
    expect(await runPlan(project, planOf({}))).toEqual(["delete 0000.json"]);
  });
});

describe("a file that the user did not touch", () => {
  it("is updated when our text changes", async () => {
    const project = await generated({ "a.ts": tasks });
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual(["update a.ts"]);
    expect(project.read("a.ts")).toBe(tasksWithDue);
  });

  it("is removed when it is no longer planned", async () => {
    const project = await generated({ "a.ts": tasks, "b.ts": tasks });
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["delete b.ts"]);
    expect(project.files()).toEqual({ "a.ts": tasks });
    expect(Object.keys(manifestOf(project).files)).toEqual(["a.ts"]);
  });

  it("is written again when it was deleted", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.delete("a.ts");
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["create a.ts"]);
  });

  it("is the same file when git checked it out with CRLF", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasks.replaceAll("\n", "\r\n"));
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual([]);
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual(["update a.ts"]);
  });
});

describe("a file that the user edited", () => {
  const edited = `${tasks}export const mine = 1;\n`;

  it("stays, with a warning, as long as our text is what it was", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", edited);
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["conflict(edited) a.ts"]);
    expect(project.read("a.ts")).toBe(edited);
  });

  it("is shown with a diff that leads from it to our text, whether ours changed or not", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", edited);
    for (const text of [tasks, tasksWithDue]) {
      const { changes } = await lookAt(project, planOf({ "a.ts": text }));
      expect(changesOf(changes, "conflict")[0]?.diff).toContain("\n-export const mine = 1;\n");
    }
  });

  it("stays when our text changes, and the change is shown as a diff", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", edited);
    const { changes } = await lookAt(project, planOf({ "a.ts": tasksWithDue }));
    expect(changesOf(changes, "conflict")[0]).toMatchObject({
      path: "a.ts",
      reason: "both",
      diff: `--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,1 @@\n-${tasks}-export const mine = 1;\n+${tasksWithDue}`,
    });
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual([
      "conflict(both) a.ts",
    ]);
    expect(project.read("a.ts")).toBe(edited);
  });

  it("still stands in the way of the next run, and is replaced by force", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", edited);
    await runPlan(project, planOf({ "a.ts": tasksWithDue }));
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual([
      "conflict(both) a.ts",
    ]);
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }), "replace")).toEqual([
      "update a.ts",
    ]);
  });

  it("is settled when the user takes our change over by hand", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksWithDue);
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual([]);
  });

  it("stays when it is no longer planned", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", edited);
    expect(await runPlan(project, planOf({}))).toEqual(["conflict(orphan) a.ts"]);
    expect(await runPlan(project, planOf({}))).toEqual(["conflict(orphan) a.ts"]);
    expect(await runPlan(project, planOf({}), "replace")).toEqual(["delete a.ts"]);
  });

  it("is told apart when git left conflict markers in it", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", `<<<<<<< HEAD\n${tasks}=======\n${tasksWithDue}>>>>>>> other\n`);
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["conflict(merge) a.ts"]);
  });
});

describe("a formatter run", () => {
  it("is not an edit: the file stays as it was formatted", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksReformatted);
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual([]);
    expect(project.read("a.ts")).toBe(tasksReformatted);
  });

  it("is compared once: from then on the hashes say that nothing changed", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksReformatted);
    await runPlan(project, planOf({ "a.ts": tasks }));
    const { written, planned } = manifestOf(project).files["a.ts"] ?? {};
    expect(written).not.toBe(planned);
    const steps = project.steps.length;
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual([]);
    expect(project.steps.length).toBe(steps);
  });

  it("does not stand in the way of a change that comes with it", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksReformatted);
    expect(await runPlan(project, planOf({ "a.ts": tasksWithDue }))).toEqual(["update a.ts"]);
  });

  it("nor of a removal", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksReformatted);
    expect(await runPlan(project, planOf({}))).toEqual(["delete a.ts"]);
  });

  it("with wider lines or with a line for each member is still none", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set(
      "a.ts",
      "export const tasks = {\n    name: 'tasks',\n    fields: ['text', 'isDone'],\n};\n",
    );
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual([]);
  });

  it("with an edit in it is an edit", async () => {
    const project = await generated({ "a.ts": tasks });
    project.texts.set("a.ts", tasksReformatted.replace("isDone", "done"));
    expect(await runPlan(project, planOf({ "a.ts": tasks }))).toEqual(["conflict(edited) a.ts"]);
  });
});

describe("a file that is created once", () => {
  const once = (text: string) => ({
    files: [{ path: "user.ts", text, ownership: "once", parser: "typescript" } as const],
    edits: [],
  });

  it("is the user's from then on", async () => {
    const project = new MemoryProject();
    expect(await runPlan(project, once("export {};\n"))).toEqual(["create user.ts"]);
    project.texts.set("user.ts", "export const mine = 1;\n");
    expect(await runPlan(project, once("export const ours = 2;\n"))).toEqual([]);
    expect(project.read("user.ts")).toBe("export const mine = 1;\n");
  });

  it("stays when it is no longer planned", async () => {
    const project = new MemoryProject();
    await runPlan(project, once("export {};\n"));
    expect(await runPlan(project, planOf({}))).toEqual([]);
    expect(project.read("user.ts")).toBe("export {};\n");
  });
});

describe("edits of the user's files", () => {
  const append = (line: string): PlannedEdit => ({
    path: "schema.ts",
    purpose: `adds ${line}`,
    apply: (text = "") =>
      text.includes(line) ? { kind: "unchanged" } : { kind: "edited", text: `${text}${line}\n` },
  });

  it("are made one after the other, as one change of the file", async () => {
    const project = new MemoryProject({ "schema.ts": "mine\n" });
    const plan = planOf({}, [append("one"), append("two")]);
    const { changes } = await lookAt(project, plan);
    expect(changes).toEqual([
      {
        kind: "edit",
        path: "schema.ts",
        text: "mine\none\ntwo\n",
        purposes: ["adds one", "adds two"],
        created: false,
      },
    ]);
    await runPlan(project, plan);
    expect(await runPlan(project, plan)).toEqual([]);
  });

  it("are not made in a file that the same run creates complete", async () => {
    const project = new MemoryProject();
    const plan = {
      files: [{ path: "schema.ts", text: "ours\n", ownership: "once", parser: null } as const],
      edits: [append("one")],
    };
    expect(await runPlan(project, plan)).toEqual(["create schema.ts"]);
    expect(project.read("schema.ts")).toBe("ours\n");
  });

  it("that are not safe leave the file alone, and are asked for again on every run", async () => {
    const project = new MemoryProject({ "schema.ts": "strange\n" });
    const edit: PlannedEdit = {
      path: "schema.ts",
      purpose: "adds the tables",
      apply: () => ({ kind: "manual", reason: "no defineSchema", snippet: "...syncTables" }),
    };
    expect(await runPlan(project, planOf({}, [edit]))).toEqual(["manual schema.ts"]);
    expect(await runPlan(project, planOf({}, [edit]))).toEqual(["manual schema.ts"]);
    expect(manifestOf(project).edited).toEqual({ "schema.ts": "" });
  });
});
