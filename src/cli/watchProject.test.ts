import { getEventListeners } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { project } from "../config/projectFixture";
import type { CommandContext, CommandResult } from "./command";
import { watchProject, type WatchedResult, type WatchFolder } from "./watchProject";

it("holds on to nothing of the runs before, however often the config is saved", async () => {
  const root = project({ "sync.config.ts": "0" });
  const ending = new AbortController();
  const { signal } = ending;
  const listeners: number[] = [];
  const result: CommandResult = { exitCode: 0, lines: [], json: {}, diagnostics: [] };
  const show = (): void => {
    listeners.push(getEventListeners(signal, "abort").length);
    if (listeners.length === 5) ending.abort();
    else writeFileSync(join(root, "sync.config.ts"), String(listeners.length));
  };
  // Safe: watching uses nothing else of the context.
  const context = { root, config: "sync.config.ts", signal, show } as Partial<CommandContext>;

  const ended = await watchProject(context as CommandContext, () =>
    Promise.resolve({ ...result, inputs: ["sync.config.ts", "tables.ts"] }),
  );

  expect(ended.exitCode).toBe(0);
  expect(listeners).toEqual(listeners.map(() => listeners[0]));
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

const files = {
  "sync.config.ts": "0",
  "tables.ts": "0",
  "shared/fields/text.ts": "0",
};
const done: CommandResult = { exitCode: 0, lines: [], json: {}, diagnostics: [] };

interface Step {
  /** What the run before it says that it was made of; as one that failed where it says so. */
  readonly run: Pick<WatchedResult, "inputs"> & { readonly fails?: true };
  /** What happens to the project after it. */
  readonly then: (root: string) => void;
}

function save(root: string, path: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), "1");
}

/** How many of the steps came to their run before a second passed without one. */
async function runsOf(steps: readonly Step[]): Promise<number> {
  const root = project(files);
  const ending = new AbortController();
  let count = 0;
  let patience: ReturnType<typeof setTimeout> | undefined;
  // Safe: watching uses nothing else of the context.
  const context = {
    root,
    config: "sync.config.ts",
    signal: ending.signal,
    show: () => {
      const step = steps[count - 1];
      clearTimeout(patience);
      patience = setTimeout(() => ending.abort(), step === undefined ? 0 : 1000);
      // Once the watchers of this round stand too.
      setImmediate(() => step?.then(root));
    },
  } as Partial<CommandContext> as CommandContext;
  await watchProject(context, () => {
    const { inputs, fails } = steps[count]?.run ?? { inputs: [] };
    count += 1;
    return Promise.resolve({ ...done, exitCode: fails === true ? 2 : 0, inputs });
  });
  return count - 1;
}

const all = Object.keys(files);
const config = ["sync.config.ts"];
const deep = "shared/fields/text.ts";

describe("watching goes on", () => {
  it.each<[string, readonly Step[]]>([
    [
      "with every file of the config, after runs that failed before they came to it",
      [
        { run: { inputs: all }, then: (root) => save(root, "sync.config.ts") },
        { run: { inputs: config, fails: true }, then: (root) => save(root, "sync.config.ts") },
        { run: { inputs: [], fails: true }, then: (root) => save(root, "tables.ts") },
      ],
    ],
    [
      "where a folder is removed, and comes back",
      [
        {
          run: { inputs: all },
          then: (root) => rmSync(join(root, "shared"), { recursive: true }),
        },
        { run: { inputs: config, fails: true }, then: (root) => save(root, deep) },
      ],
    ],
    [
      "where a folder is missing from the start",
      [
        {
          run: { inputs: [...config, "nowhere/at/all.ts"] },
          then: (root) => save(root, "nowhere/at/all.ts"),
        },
      ],
    ],
  ])("%s", async (_what, steps) => {
    expect(await runsOf(steps)).toBe(steps.length);
  });

  it("without a file that the config imports no more", async () => {
    const steps: readonly Step[] = [
      { run: { inputs: all }, then: (root) => save(root, "sync.config.ts") },
      // The watchers of this round stand since before its run.
      { run: { inputs: config }, then: (root) => save(root, "tables.ts") },
      { run: { inputs: config }, then: (root) => save(root, "tables.ts") },
    ];
    expect(await runsOf(steps)).toBe(2);
  });
});

it.each([
  ["ENOSPC", "as much as the system allows"],
  ["EMFILE", "as much as the system allows"],
  ["EACCES", "permission denied"],
])("says what is wrong where the system refuses to watch: %s", async (code, reason) => {
  const refuse: WatchFolder = () => {
    throw Object.assign(new Error(code), { code });
  };
  let runs = 0;
  // Safe: watching uses nothing else of the context.
  const context = {
    root: project(files),
    config: "sync.config.ts",
    signal: new AbortController().signal,
    show: () => undefined,
  } as Partial<CommandContext> as CommandContext;
  const ended = await watchProject(
    context,
    () => Promise.resolve({ ...done, inputs: [String((runs += 1))] }),
    refuse,
  );
  expect(ended).toMatchObject({ exitCode: 2, diagnostics: [{ code: "SG406" }] });
  expect(ended.diagnostics[0]?.message).toContain(reason);
  expect(runs).toBe(0);
});
