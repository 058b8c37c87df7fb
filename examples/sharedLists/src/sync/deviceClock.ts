// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Ports } from "./ports";
import type { Session } from "./session";
import { hlcAt, hlcTime, receiveHlc, tickHlc } from "./shared/clock";
import { uuidV7 } from "./shared/ids";
import type { Hlc } from "./shared/protocol";
import type { Step } from "./step";
import type { Turns } from "./turns";

/** The time of edits made here, and the ids that sort by it. */
export interface DeviceClock {
  /** Milliseconds since 1970, corrected by the server's clock. */
  now(): number;
  /** A reading later than every one before it; within a turn only. */
  tick(session: Session): Hlc;
  /**
   * The server's rows, which came at `serverTime`, were edited at `times` (ms): later edits here come after them, even
   * when the clock here is far behind. Kept with `step`.
   */
  witness(times: readonly number[], serverTime: number, step: Step): void;
  readonly newId: () => string;
}

/** The clock of the device whose session `turns` work on. */
export function createDeviceClock(
  { clock, ids }: Pick<Ports, "clock" | "ids">,
  turns: Pick<Turns, "session">,
): DeviceClock {
  const now = () => Math.round(clock.now() + (turns.session?.clockOffset ?? 0));

  return {
    now,
    tick: (session) => {
      session.hlc = tickHlc(session.hlc, now(), nodeOf(session));
      return session.hlc;
    },
    witness: (times, serverTime, step) => {
      const { session } = turns;
      if (session === null || times.length === 0) return;
      const latest = times.reduce((a, b) => Math.max(a, b));
      if (session.hlc !== null && hlcTime(session.hlc) > latest) return;
      const node = nodeOf(session);
      // Rows tell the millisecond alone: only what follows all of it is later for certain.
      const seen = hlcAt(latest + 1, node);
      const latestNow = Math.max(now(), serverTime);
      session.hlc = receiveHlc(session.hlc, seen, latestNow, node);
      step.metadata({ hlc: session.hlc });
    },
    newId: () => uuidV7(now(), ids.randomBytes(10)),
  };
}

/** What tells this device's readings from another's at the same time. */
export function nodeOf({ deviceId }: Session): string {
  return deviceId.slice(-8);
}
