// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

const uuidPattern =
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new id that sorts by time. `now` is in ms since 1970; `random` holds 10 bytes from a cryptographic source. */
export function uuidV7(now: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  const time = Math.min(Math.max(Math.floor(now), 0), 2 ** 48 - 1);
  const high = Math.floor(time / 2 ** 16);
  bytes[0] = high >>> 24;
  bytes[1] = high >>> 16;
  bytes[2] = high >>> 8;
  bytes[3] = high;
  bytes[4] = time / 2 ** 8;
  bytes[5] = time;
  bytes.set(random, 6);
  return formatUuid(bytes, 7);
}

/** True for a UUID in lower case, of any version. */
export function isUuid(text: unknown): text is string {
  return typeof text === "string" && uuidPattern.test(text);
}

/** Every byte as two digits: a device makes two ids with each write. */
const hexPairs = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, "0"),
);

/** The bytes as a UUID of `version`. */
export function formatUuid(bytes: Uint8Array, version: number): string {
  let text = "";
  let index = 0;
  for (const given of bytes) {
    let byte = given;
    if (index === 6) byte = (byte & 0x0f) | (version << 4);
    if (index === 8) byte = (byte & 0x3f) | 0x80;
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    // Safe: a byte is less than 256.
    text += hexPairs[byte] as string;
    index += 1;
  }
  return text;
}

/** The bytes that `hex` spells. */
export function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
}
