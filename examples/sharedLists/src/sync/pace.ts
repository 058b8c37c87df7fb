// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/** How long applying rows may hold the JavaScript thread at a time, ms: half of what a frame has at 60 Hz. */
const mostHeld = 8;

/** A longer time tells more about a clock that was set, or a device that slept, than about this one's speed. */
const longestSample = 100;

/**
 * Learns how many rows this device writes in the time that a frame can spare: a page of more is applied in parts, so
 * that a slow phone goes on scrolling while it syncs.
 */
export interface Pace {
  /** The most rows to write at a time. */
  readonly rows: number;
  /** So many rows took so long, ms. */
  took(rows: number, time: number): void;
}

/**
 * The pace of a device that was not seen working yet. It begins with half of `most` rows, and stays between `fewest`,
 * because a commit takes its time whatever is in it, and `most`.
 */
export function createPace(fewest: number, most: number): Pace {
  let timePerRow = (2 * mostHeld) / most;
  return {
    get rows() {
      if (timePerRow * most <= mostHeld) return most;
      return Math.max(fewest, Math.floor(mostHeld / timePerRow));
    },
    took: (rows, time) => {
      if (rows < fewest || time < 0) return;
      const sample = Math.min(time, longestSample) / rows;
      // One commit in a few also moves the log into the file: a single slow one is no reason to go slower.
      timePerRow += (sample - timePerRow) / 4;
    },
  };
}
