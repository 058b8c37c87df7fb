/** Where a run notes what it is about to write; there only while it writes, or after it died. */
export const pendingPath = ".sync-gen/pending.json";

/** The hashes that a run which died was about to write, by path. A note that cannot be read is none. */
export function parsePending(text: string | undefined): Readonly<Record<string, string>> {
  if (text === undefined) return {};
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== "object" || json === null) return {};
    const entries = Object.entries(json).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
