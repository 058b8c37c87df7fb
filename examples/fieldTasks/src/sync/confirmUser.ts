// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { Engine } from "./engine";
import { createStep } from "./step";
import { SyncError } from "./types";

/**
 * Goes on only when the server, which answers as `userId`, means the user whose database this is. Its first answer
 * is remembered: from then on the database is that user's (I15).
 */
export async function confirmUser(
  engine: Engine,
  userId: string,
): Promise<void> {
  const session = await engine.load();
  if (session.userId === null) {
    const step = createStep();
    step.metadata({ userId });
    await engine.lock(() => engine.commit(step));
    session.userId = userId;
  }
  if (session.userId !== userId)
    throw new SyncError(
      "wrong-user",
      "Somebody else is signed in: nothing is sent or fetched.",
    );
}
