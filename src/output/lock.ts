import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../kernel/diagnostic";
import { errorCode, fileDiagnostic } from "./fileErrors";

/** Where the lock stands while a run writes. */
export const lockPath = ".sync-gen/lock";

/** Who takes the lock, and how to find out about others. */
export interface LockHolder {
  readonly pid: number;
  isRunning(pid: number): boolean;
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Lock {
  /** A run before this one died while it held the lock. */
  readonly recovered: boolean;
  /** May be called more than once. */
  release(): void;
}

export type LockResult =
  | { readonly kind: "taken"; readonly lock: Lock }
  | { readonly kind: "refused"; readonly diagnostic: Diagnostic };

/** A process id may have been given to another program, and another machine's cannot be asked: after this, a lock is left over. */
const oldest = 15 * 60_000;
/** How long a lock may stand without a text: its owner is between creating and filling it. */
const unfilled = 2_000;

/** Takes the project's lock, or says who holds it. A lock that a dead process left is taken over. */
export function takeLock(root: string, holder: LockHolder): LockResult {
  const path = join(root, lockPath);
  const text = JSON.stringify({ pid: holder.pid, host: hostname(), since: holder.now() });
  try {
    mkdirSync(dirname(path), { recursive: true });
    let recovered = false;
    // A second round after a left-over lock is gone; a third would mean that somebody else was faster.
    for (let round = 0; round < 2; round++) {
      if (create(path, text))
        return { kind: "taken", lock: { recovered, release: () => release(path, text) } };
      const owner = readOwner(path, holder.now());
      // Released since: the next round takes it.
      if (owner === null) continue;
      if (isAlive(owner, holder)) return { kind: "refused", diagnostic: held(owner) };
      discard(path, owner.text, holder.pid);
      recovered = true;
    }
    return { kind: "refused", diagnostic: held(null) };
  } catch (error) {
    const diagnostic = fileDiagnostic(error, `write ${lockPath}`);
    if (diagnostic === null) throw error;
    return { kind: "refused", diagnostic };
  }
}

interface Owner {
  readonly pid: number | null;
  readonly host: string;
  /** Milliseconds. */
  readonly age: number;
  /** The whole lock. */
  readonly text: string;
}

function create(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

function readOwner(path: string, now: number): Owner | null {
  try {
    const age = Math.max(0, now - statSync(path).mtimeMs);
    const text = readFileSync(path, "utf8");
    const json: unknown = text === "" ? null : parse(text);
    if (typeof json === "object" && json !== null && "pid" in json && "host" in json) {
      if (typeof json.pid === "number" && typeof json.host === "string")
        return { pid: json.pid, host: json.host, age, text };
    }
    return { pid: null, host: hostname(), age, text };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(owner: Owner, holder: LockHolder): boolean {
  if (owner.pid === null) return owner.age < unfilled;
  if (owner.age > oldest) return false;
  return owner.host !== hostname() || holder.isRunning(owner.pid);
}

/**
 * Takes a left-over lock away. It is renamed first: of two processes that found it, one gets it; and the other may get the lock that the first
 * one has taken since, which goes back.
 */
function discard(path: string, text: string, pid: number): void {
  const grave = `${path}-${pid}`;
  try {
    renameSync(path, grave);
    if (readFileSync(grave, "utf8") === text) rmSync(grave, { force: true });
    else renameSync(grave, path);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

function release(path: string, text: string): void {
  try {
    if (readFileSync(path, "utf8") !== text) return;
    rmSync(path, { force: true });
    rmdirSync(dirname(path));
  } catch {
    // The lock is gone already, or its folder holds the manifest: both are fine.
  }
}

function held(owner: Owner | null): Diagnostic {
  const who =
    owner?.pid == null
      ? "Another run of sync-gen"
      : `Another run of sync-gen (process ${owner.pid} on ${owner.host})`;
  return {
    code: "SG407",
    severity: "error",
    message: `${who} is writing in this project.`,
    hint: `Wait for it to finish. If there is none, remove ${lockPath}.`,
  };
}
