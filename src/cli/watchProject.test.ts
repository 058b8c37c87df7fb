import { getEventListeners } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { project } from "../config/projectFixture";
import type { CommandContext, CommandResult } from "./command";
import { watchProject } from "./watchProject";

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
