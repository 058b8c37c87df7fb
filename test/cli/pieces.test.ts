import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { configOf, Program, ScratchProject } from "./program";

const kept = "node_modules/.cache/sync-gen/pieces.json";
const program = new Program();
beforeAll(() => program.build());
afterAll(() => program.remove());

/** Everything but what is kept for the next run. */
function emitted(project: ScratchProject): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(project.files()).filter(([path]) => path !== kept));
}

/** A project that was generated, then edited and generated again; `between` the two runs. */
async function runTwice(between: (project: ScratchProject) => void): Promise<ScratchProject> {
  const project = new ScratchProject({
    "sync.config.ts": configOf(),
    "node_modules/other/index.js": "",
  });
  expect(await program.run(project.root, ["generate"])).toMatchObject({ code: 0 });
  project.write("sync.config.ts", configOf({ fields: "note: text().optional()" }));
  between(project);
  expect(await program.run(project.root, ["generate"])).toMatchObject({ code: 0, stderr: "" });
  return project;
}

describe("what a run keeps for the next one", () => {
  it("changes nothing of what is emitted, however it is lost or damaged", async () => {
    const wanted = await runTwice((project) => expect(project.exists(kept)).toBe(true));
    const damages: readonly ((text: string) => string)[] = [
      () => "",
      (text) => text.slice(0, -100),
      (text) => text.replaceAll("tasks", "other"),
      (text) => text.replace(/^\S/, (letter) => (letter === "A" ? "B" : "A")),
    ];
    for (const damage of damages) {
      const project = await runTwice((each) => each.write(kept, damage(each.read(kept))));
      expect(emitted(project)).toEqual(emitted(wanted));
      expect(project.read(kept)).toBe(wanted.read(kept));
      project.remove();
    }
    wanted.remove();
  });

  it("is not kept in a project without packages, nor by a run that only looks", async () => {
    const project = new ScratchProject({ "sync.config.ts": configOf() });
    expect(await program.run(project.root, ["generate"])).toMatchObject({ code: 0 });
    expect(project.exists("node_modules")).toBe(false);
    project.write("node_modules/other/index.js", "");
    project.write("sync.config.ts", configOf({ fields: "note: text().optional()" }));
    expect(await program.run(project.root, ["generate", "--dry-run"])).toMatchObject({ code: 0 });
    expect(project.exists(kept)).toBe(false);
    project.remove();
  });

  it("says that another build wrote last, though its version and templates are the same", async () => {
    const project = await runTwice(() => undefined);
    const wanted = project.read(kept);
    expect(await program.run(project.root, ["check", "--json"])).toMatchObject({ code: 0 });
    // As if that build had emitted something else: the texts that it kept are not taken.
    project.write(kept, wanted.replace(/^\S+/, "another").replaceAll("note", "other"));
    expect(await program.run(project.root, ["generate"])).toMatchObject({ code: 0, stderr: "" });
    expect(project.read(kept)).toBe(wanted);
    project.remove();
  });
});
