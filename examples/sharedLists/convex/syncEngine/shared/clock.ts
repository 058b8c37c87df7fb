// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { Hlc } from "./protocol";

/**
 * Hybrid logical clocks: wall-clock time that never goes back and never repeats, so that edits of many devices have
 * one order that agrees with cause and effect. A reading is text, and text order is clock order:
 *
 *     001767225600000-0000-a1b2c3d4
 *     │               │    └ node: the device, so that no two readings are equal
 *     │               └ counter: base 36, for events within one millisecond
 *     └ milliseconds since 1970
 */

/** How far ahead of one's own time, in ms, another clock is believed. */
export const maxDrift = 5 * 60_000;

const timeDigits = 15;
const counterDigits = 4;
const nodeLength = 8;
const latestTime = 10 ** timeDigits - 1;
const counters = 36 ** counterDigits;
const pattern = /^\d{15}-[0-9a-z]{4}-[0-9a-z]{1,8}$/;

/**
 * The first reading of a node at `time` (ms): for a clock of which only the time is known. `node` is the device's id,
 * of which the first 8 characters count.
 */
export function hlcAt(time: number, node: string): Hlc {
  return formatHlc(toTime(time), 0, node);
}

/** The reading of an event on this node: later than `last`, whatever the wall clock `now` (ms) says. */
export function tickHlc(last: Hlc | null, now: number, node: string): Hlc {
  const time = toTime(now);
  if (last === null) return formatHlc(time, 0, node);
  const lastTime = hlcTime(last);
  if (time > lastTime) return formatHlc(time, 0, node);
  return formatHlc(lastTime, hlcCounter(last) + 1, node);
}

/**
 * The reading after `remote` was seen: later than `last` and than `remote`. A remote clock that is more than
 * `maxDrift` ahead of `now` (ms) counts as being `maxDrift` ahead, so that one bad clock cannot spoil the others.
 */
export function receiveHlc(
  last: Hlc | null,
  remote: Hlc,
  now: number,
  node: string,
): Hlc {
  const believed = clampHlc(remote, toTime(now) + maxDrift);
  return tickHlc(last === null || believed > last ? believed : last, now, node);
}

/** The time of a reading, in milliseconds since 1970. */
export function hlcTime(hlc: Hlc): number {
  return Number(hlc.slice(0, timeDigits));
}

/** When the reading was taken, whoever took it: its time and its counter, as text that compares in time. */
export function momentOf(hlc: Hlc): string {
  return hlc.slice(0, timeDigits + 1 + counterDigits);
}

/** The same reading with a time of at most `latest` (ms). */
export function clampHlc(hlc: Hlc, latest: number): Hlc {
  if (hlcTime(hlc) <= latest) return hlc;
  return `${formatTime(toTime(latest))}${hlc.slice(timeDigits)}`;
}

/** The later of two readings. */
export function latestHlc(a: Hlc, b: Hlc): Hlc {
  return a > b ? a : b;
}

/** True for text in the format of a reading. */
export function isHlc(text: unknown): text is Hlc {
  return typeof text === "string" && pattern.test(text);
}

function formatHlc(time: number, counter: number, node: string): Hlc {
  if (counter >= counters) return formatHlc(time + 1, 0, node);
  const count = counter.toString(36).padStart(counterDigits, "0");
  return `${formatTime(time)}-${count}-${node.slice(0, nodeLength)}`;
}

function formatTime(time: number): string {
  return String(time).padStart(timeDigits, "0");
}

function hlcCounter(hlc: Hlc): number {
  return parseInt(
    hlc.slice(timeDigits + 1, timeDigits + 1 + counterDigits),
    36,
  );
}

/** A device's clock may say anything: before 1970, with fractions, or not a number at all. */
function toTime(now: number): number {
  if (Number.isNaN(now)) return 0;
  return Math.floor(Math.min(Math.max(now, 0), latestTime));
}
