import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { bytesHash } from "./contentHash";
import { isNoFile } from "./fileErrors";

/** What a run that may have nothing to do needs of files: not their texts. */
export interface HashFiles {
  /** The `contentHash` of a file; `undefined` where there is none. */
  hash(path: string): string | undefined;
  /** The first line of a file, if it is a short one. */
  firstLine(path: string): string | undefined;
}

/** Hashes of the files on the real disk. `place` makes a path of the project absolute. */
export function diskHashes(place: (path: string) => string): HashFiles {
  // One buffer for all files, and neither a call for the size nor a string: half of the processor time of reading texts.
  let buffer = Buffer.allocUnsafeSlow(smallBuffer);
  const readBytes = (path: string): Buffer => {
    const file = openSync(place(path), "r");
    try {
      const length = readSync(file, buffer, 0, buffer.length, null);
      // Where the disk gives less than there is, the hash is another one, and the run looks closer.
      if (length < buffer.length) return buffer.subarray(0, length);
    } finally {
      closeSync(file);
    }
    const bytes = readFileSync(place(path));
    buffer = Buffer.allocUnsafeSlow(2 * bytes.length);
    return bytes;
  };
  return {
    hash: (path) => orUndefined(() => bytesHash(readBytes(path))),
    firstLine: (path) =>
      orUndefined(() => {
        const file = openSync(place(path), "r");
        try {
          const start = buffer.subarray(0, readSync(file, buffer, 0, lineLimit, null));
          const end = start.indexOf("\n");
          return end < 0 ? "" : start.toString("utf8", 0, end);
        } finally {
          closeSync(file);
        }
      }),
  };
}

const smallBuffer = 64 * 1024;
const lineLimit = 256;

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isNoFile(error)) return undefined;
    throw error;
  }
}
