import { errorCode } from "./fileErrors";
import type { LockHolder } from "./lock";

/** This process as the holder of a lock. */
export const currentProcess: LockHolder = {
  pid: process.pid,
  isRunning(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // Another user's process cannot be signalled, but it is there.
      return errorCode(error) === "EPERM";
    }
  },
  now: () => Date.now(),
};

/** The environment of this process. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** Few runs start a process, and loading what it takes is a good part of a run that changes nothing. */
export const loadChildProcess = () => process.getBuiltinModule("node:child_process");

/** Likewise for what git has compressed. */
export const loadZlib = () => process.getBuiltinModule("node:zlib");
