// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from "@testing-library/react";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { useTasks } from "../../examples/fieldTasks/src/hooks/useTasks";
import type { Backend } from "../../examples/fieldTasks/src/sync/ports";
import type { registry } from "../../examples/fieldTasks/src/sync/TableRegistry";
import type { Sync } from "../../examples/fieldTasks/src/sync/types";
import { blocksOf, readPages, root } from "./pages";

// The build of it for this version of Node.
vi.mock("better-sqlite3", async () => {
  const { Database } = await import("../standins/nodeSqlite.mjs");
  return { default: Database };
});

/** What the page's files export. */
interface Files {
  createFakeServer(userId: string): Backend & {
    put(table: string, clientId: string, fields: object): unknown;
  };
  openPhone(
    backend: Backend,
    account: string,
  ): Promise<{
    readonly sync: Sync<typeof registry>;
    readonly Phone: (props: { children: ReactNode }) => ReactNode;
  }>;
}

// Inside the repository, for vitest to compile what is there.
const output = join(root, ".test-output");
mkdirSync(output, { recursive: true });
const folder = mkdtempSync(join(output, "testing-"));
let files: Files;

/** The example's project with the files of the page. */
beforeAll(async () => {
  symlinkSync(join(root, "examples/fieldTasks/src"), join(folder, "src"), "junction");
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "jsx": "react-jsx" } }');
  for (const block of readPages().flatMap(blocksOf)) {
    const named = /^\/\/ (test\/\w+\.tsx?)\n/.exec(block.text)?.[1];
    if (block.page !== "docs/testing.md" || named === undefined) continue;
    mkdirSync(dirname(join(folder, named)), { recursive: true });
    writeFileSync(join(folder, named), block.text);
  }
  files = {
    ...(await import(join(folder, "test/fakeServer.ts"))),
    ...(await import(join(folder, "test/phone.tsx"))),
  } as Files;
}, 60_000);
afterEach(cleanup);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("tests an app as the page tells", async () => {
  const server = files.createFakeServer("ada");
  const { sync, Phone } = await files.openPhone(server, "ada");
  expect(sync.getStatus()).toMatchObject({ phase: "idle", error: null });
  const { result } = renderHook(() => useTasks(), { wrapper: Phone });

  await act(() => result.current.create({ text: "Replace the filter" }));
  await waitFor(() => expect(result.current.rows).toMatchObject([{ syncStatus: "synced" }]));

  const task = { text: "Of the office", isCompleted: false, priority: "normal", minutesSpent: 0 };
  server.put("tasks", "other", { ...task, project: null, dueAt: null });
  await act(() => sync.syncNow());
  await waitFor(() => expect(result.current.rows).toHaveLength(2));
  await sync.dispose();
});
