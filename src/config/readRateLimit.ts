import { limits } from "../../templates/shared/protocol";
import type { Problems } from "./problems";
import {
  readObject,
  readOneOf,
  readWholeNumber,
  reportMissing,
  reportType,
  type Reader,
} from "./reader";
import type { RateLimitShape } from "./shape";

/** What `rateLimit: true` stands for: ten changes a second as a habit, and what gathers in a day offline at once. */
const usual: RateLimitShape = { kind: "token bucket", rate: 600, period: 60_000, capacity: 1_200 };

const day = 24 * 60 * 60_000;

/** `server.rateLimit`; `null` for none, and for a wrong one, which was reported. */
export function readRateLimit(server: Reader, problems: Problems): RateLimitShape | null {
  const value = server.members["rateLimit"];
  const path = [...server.path, "rateLimit"];
  if (value === undefined || value === false) return null;
  if (value === true) return usual;
  if (typeof value !== "object") {
    reportType(value, path, problems, "true, or { rate, period, capacity }");
    return null;
  }
  const reader = readObject(value, path, problems, ["kind", "rate", "period", "capacity"]);
  if (reader === null) return null;
  for (const [name, example] of [
    ["rate", "600: changes in a period"],
    ["period", "60_000: a minute, in milliseconds"],
  ] as const) {
    if (reader.members[name] === undefined) reportMissing(reader, name, example);
  }
  const kind = readOneOf(reader, "kind", ["token bucket", "fixed window"]) ?? usual.kind;
  const rate = readWholeNumber(reader, "rate", { least: 1, most: 1e9, fallback: usual.rate });
  const period = readWholeNumber(reader, "period", {
    least: 1_000,
    most: 31 * day,
    fallback: usual.period,
  });
  const capacity = readWholeNumber(reader, "capacity", { least: 1, most: 1e9, fallback: rate });
  if (capacity < limits.batchOps) {
    const given = reader.members["capacity"] === undefined ? "rate" : "capacity";
    problems.add(
      "SG118",
      [...path, given],
      `A device sends up to ${limits.batchOps} changes at once, and with a capacity of ${capacity} they would never go through.`,
      { allowed: `a capacity of ${limits.batchOps} or more`, hint: capacityHint(given) },
    );
  }
  return { kind, rate, period, capacity };
}

function capacityHint(given: "rate" | "capacity"): string | undefined {
  return given === "rate"
    ? `Add capacity: ${limits.batchOps}; without it, the rate is the capacity too.`
    : undefined;
}
