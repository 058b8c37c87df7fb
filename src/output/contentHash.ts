import { hash } from "node:crypto";

/**
 * What a text is recognised by in the manifest: 22 characters of SHA-256. Line endings do not count, because git may check the same
 * file out with CRLF on one machine and LF on another.
 */
export function contentHash(text: string): string {
  const lines = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
  return shortHash(lines);
}

/** `contentHash` of the text that these bytes are in UTF-8, without making a string of it. */
export function bytesHash(bytes: Buffer): string {
  if (bytes.includes(carriageReturn)) return contentHash(bytes.toString("utf8"));
  return shortHash(bytes);
}

const carriageReturn = 13;

function shortHash(data: string | Buffer): string {
  return hash("sha256", data, "base64url").slice(0, 22);
}

/** One hash for several named texts, whatever their order. */
export function combinedHash(texts: Readonly<Record<string, string>>): string {
  const entries = Object.entries(texts).sort(([left], [right]) => (left < right ? -1 : 1));
  return contentHash(JSON.stringify(entries));
}
