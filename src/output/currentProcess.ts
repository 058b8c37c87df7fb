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
