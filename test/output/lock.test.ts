import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LockHolder, lockPath, takeLock } from "../../src/output/lock";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sync-gen-lock-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const holder = (pid: number, running: readonly number[] = [pid]): LockHolder => ({
  pid,
  isRunning: (other) => running.includes(other),
  now: () => Date.now(),
});

/** A lock as somebody else left it. */
function leaveLock(text: string, ageInSeconds = 0): void {
  const path = join(root, lockPath);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  const then = new Date(Date.now() - ageInSeconds * 1000);
  utimesSync(path, then, then);
}

const textOf = (pid: number, host = hostname()) => JSON.stringify({ pid, host, since: 0 });

describe("the lock", () => {
  it("is taken once, and again after it was released", () => {
    const first = takeLock(root, holder(1));
    expect(first.kind).toBe("taken");
    expect(takeLock(root, holder(2, [1, 2]))).toMatchObject({
      kind: "refused",
      diagnostic: { code: "SG407", message: expect.stringContaining("process 1") },
    });
    if (first.kind === "taken") first.lock.release();
    expect(takeLock(root, holder(2, [1, 2]))).toMatchObject({
      kind: "taken",
      lock: { recovered: false },
    });
  });

  it("leaves no folder behind in a project that has none", () => {
    const taken = takeLock(root, holder(1));
    if (taken.kind === "taken") taken.lock.release();
    expect(existsSync(dirname(join(root, lockPath)))).toBe(false);
  });

  it("of a dead process is taken over", () => {
    leaveLock(textOf(7));
    expect(takeLock(root, holder(1, [1]))).toMatchObject({
      kind: "taken",
      lock: { recovered: true },
    });
  });

  it("is not taken from a process that was faster to take it over", () => {
    leaveLock(textOf(7));
    const faster: LockHolder = {
      ...holder(1, [1, 2]),
      isRunning: (pid) => {
        if (pid === 7) leaveLock(textOf(2));
        return pid !== 7;
      },
    };
    expect(takeLock(root, faster)).toMatchObject({
      kind: "refused",
      diagnostic: { message: expect.stringContaining("process 2") },
    });
    expect(readFileSync(join(root, lockPath), "utf8")).toBe(textOf(2));
  });

  it("of a process on another machine is respected until it is old", () => {
    leaveLock(textOf(7, "another-machine"), 60);
    expect(takeLock(root, holder(1, [1])).kind).toBe("refused");
    leaveLock(textOf(7, "another-machine"), 3600);
    expect(takeLock(root, holder(1, [1])).kind).toBe("taken");
  });

  it("of a process id that now belongs to another program is taken over when it is old", () => {
    leaveLock(textOf(7), 3600);
    expect(takeLock(root, holder(1, [1, 7])).kind).toBe("taken");
  });

  it("without a text is respected for the moment that it takes to fill it", () => {
    leaveLock("");
    expect(takeLock(root, holder(1)).kind).toBe("refused");
    leaveLock("", 10);
    expect(takeLock(root, holder(1)).kind).toBe("taken");
  });

  it("is not released by a run that lost it", () => {
    const first = takeLock(root, holder(1));
    leaveLock(textOf(2));
    if (first.kind === "taken") first.lock.release();
    expect(existsSync(join(root, lockPath))).toBe(true);
  });

  it("says when the folder cannot be made", () => {
    writeFileSync(join(root, ".sync-gen"), "a file");
    expect(takeLock(root, holder(1))).toMatchObject({
      kind: "refused",
      diagnostic: { code: "SG406" },
    });
  });
});
