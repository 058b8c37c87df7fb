// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Op } from "./protocol";

/**
 * 128 bits over the ops as they travel, as 32 hex digits. An op's keys keep the order in which the queue holds them, so
 * a batch that is sent again has the same hash; were it another, receipts would still tell what was applied.
 * It guards against accidents (a restored backup that uses a batch number again), not against attackers: a hostile
 * device could only confuse its own data.
 */
export function hashOps(ops: readonly Op[]): string {
  return hashText(JSON.stringify(ops));
}

/**
 * 128 bits over a text, as 32 hex digits: four lanes that multiply and feed one another, so that every character reaches
 * all of the digits; only the last two of a text of full rounds do not reach the first eight. A round takes two characters
 * a lane.
 */
export function hashText(given: string): string {
  const text = given.padEnd(8 * Math.ceil(given.length / 8), "\0");
  let a = 0x9e3779b9 ^ given.length;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let d = 0xdeadbeef;
  for (let index = 0; index < text.length; index += 8) {
    a = b ^ Math.imul(a ^ pairAt(text, index), 0x239b961b);
    b = c ^ Math.imul(b ^ pairAt(text, index + 2), 0xab0e9789);
    c = d ^ Math.imul(c ^ pairAt(text, index + 4), 0x38b34ae5);
    d = a ^ Math.imul(d ^ pairAt(text, index + 6), 0xa1e38b93);
  }
  // Two rounds over the lanes, because the last characters have reached few of them.
  for (let round = 0; round < 2; round += 1) {
    a = finish(a ^ b);
    b = finish(b ^ c);
    c = finish(c ^ d);
    d = finish(d ^ a);
  }
  return [a, b, c, d].map(toHex).join("");
}

/** Two characters as one number. */
function pairAt(text: string, index: number): number {
  return text.charCodeAt(index) ^ (text.charCodeAt(index + 1) << 16);
}

/** The finalizer of MurmurHash3: every bit in changes about half of the bits out. */
function finish(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function toHex(lane: number): string {
  return (lane >>> 0).toString(16).padStart(8, "0");
}
