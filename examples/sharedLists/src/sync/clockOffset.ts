// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** When a call was made and when its answer came, by the device's own clock, ms. */
export interface CallTimes {
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * What the server's clock is ahead of the device's, ms, now that an answer tells `serverTime`; `known` is what it was
 * taken for before. The server read its clock while the call went on, so each offset between the two bounds explains
 * the answer (F. Cristian, Probabilistic clock synchronization, 1989). A clock that may be right counts as right: two
 * devices with right clocks agree, however slow their answers are. Of another one, what is known moves only as far as
 * it has to, and so never away from the truth.
 */
export function clockOffset(
  known: number,
  serverTime: number,
  { sentAt, receivedAt }: CallTimes,
): number {
  const least = serverTime - receivedAt;
  // A clock that was put back meanwhile: what it says now counts.
  const most = Math.max(serverTime - sentAt, least);
  const isRight = least <= 0 && 0 <= most;
  return isRight ? 0 : Math.min(Math.max(known, least), most);
}
