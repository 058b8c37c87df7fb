import { hash } from "node:crypto";

/** SHA-256 of a text, in hex. */
export function fingerprint(text: string): string {
  return hash("sha256", text, "hex");
}

/** An id in the form of a UUID that depends on the text alone, for drizzle-kit's snapshots. */
export function fingerprintId(text: string): string {
  const hex = fingerprint(text);
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join("-");
}
