// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Backend, Clock, PushAnswer } from "./ports";
import type { PushBatch, PushReply } from "./shared/protocol";

/** After so long, ms, a batch is sent anew, whatever became of it. */
const longestWait = 10 * 60_000;

interface Sending {
  readonly name: string;
  readonly sentAt: number;
  readonly reply: Promise<PushAnswer>;
}

/**
 * `backend`, for a client like Convex's, which goes on sending when the engine no longer waits for the answer. A batch
 * that is on its way is not handed over again: where a slow connection takes minutes for it, each copy would stand
 * behind the one before, and no answer would ever come in time.
 */
export function sendOnce(backend: Backend, clock: Clock): Backend {
  let last: Sending | null = null;
  return {
    ...backend,
    push: (batch) => {
      const name = nameOf(batch);
      const now = clock.now();
      if (last?.name === name && Math.abs(now - last.sentAt) < longestWait)
        return answerTo(last);
      const reply = backend.push(batch);
      const sending: Sending = { name, sentAt: now, reply };
      last = sending;
      const forget = () => {
        if (last === sending) last = null;
      };
      // What was applied stays so; anything else may be answered otherwise the next time, and nobody has looked yet
      // whether it is an answer.
      sending.reply.then((reply: PushReply | null) => {
        if (reply?.status !== "ok") forget();
      }, forget);
      return reply;
    },
  };
}

async function answerTo({ reply, sentAt }: Sending): Promise<PushAnswer> {
  // The engine looks whether it is one.
  return { ...(await reply), sentAt };
}

/** Equal for what is the same batch to the server. */
function nameOf({ deviceId, batchSeq, batchHash, epoch }: PushBatch): string {
  return JSON.stringify([deviceId, batchSeq, batchHash, epoch]);
}
