import type { Problems } from "./problems";
import { readObject, readWholeNumber, reportType, type Reader } from "./reader";
import type { BackgroundShape } from "./shape";

/** What `background: true` stands for: as often as platforms let anybody ask. */
const usual: BackgroundShape = { everyMinutes: 15 };

/** A month: who asks for less often than that has another wish. */
const most = 31 * 24 * 60;

/** `client.background`; `null` for none, and for a wrong one, which was reported. */
export function readBackground(client: Reader, problems: Problems): BackgroundShape | null {
  const value = client.members["background"];
  const path = [...client.path, "background"];
  if (value === undefined || value === false) return null;
  if (value === true) return usual;
  if (typeof value !== "object") {
    reportType(value, path, problems, "true, or { everyMinutes }");
    return null;
  }
  const reader = readObject(value, path, problems, ["everyMinutes"]);
  if (reader === null) return null;
  const fallback = usual.everyMinutes;
  return {
    everyMinutes: readWholeNumber(reader, "everyMinutes", { least: fallback, most, fallback }),
  };
}
