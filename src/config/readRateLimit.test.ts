import { describe, expect, it } from "vitest";
import { text } from "./fields";
import { table } from "./table";
import { defineSync } from "./defineSync";
import { readConfig } from "./readConfig";

function read(rateLimit: unknown) {
  const { shape, diagnostics } = readConfig(
    defineSync({
      client: { store: "expo-sqlite", out: "src" },
      // JavaScript configs say what TypeScript would refuse.
      server: { backend: "convex", out: "convex", rateLimit: rateLimit as never },
      tables: { notes: table({ policy: "mobile-wins", fields: { title: text() } }) },
    }),
  );
  const found = diagnostics.map(({ code, path = [] }) => `${code} ${path.join(".")}`);
  return { limit: shape.server.rateLimit, found };
}

describe("server.rateLimit", () => {
  it.each([
    [undefined, null],
    [false, null],
    [true, { kind: "token bucket", rate: 600, period: 60_000, capacity: 1_200 }],
    [
      { rate: 120, period: 60_000 },
      { kind: "token bucket", rate: 120, period: 60_000, capacity: 120 },
    ],
    [
      { kind: "fixed window", rate: 10, period: 1_000, capacity: 500 },
      { kind: "fixed window", rate: 10, period: 1_000, capacity: 500 },
    ],
  ])("%j is understood", (option, wanted) => {
    expect(read(option)).toEqual({ limit: wanted, found: [] });
  });

  it.each([
    ["often", ["SG112 server.rateLimit"]],
    [null, ["SG112 server.rateLimit"]],
    [{ rate: 500 }, ["SG110 server.rateLimit.period"]],
    [{ rate: 0, period: 60_000 }, ["SG117 server.rateLimit.rate"]],
    [{ rate: 500, period: 10 }, ["SG117 server.rateLimit.period"]],
    [{ rate: 500, period: 60_000, burst: 5 }, ["SG111 server.rateLimit.burst"]],
    [{ rate: 500, period: 60_000, kind: "leaky" }, ["SG113 server.rateLimit.kind"]],
    [{ rate: 60, period: 60_000 }, ["SG118 server.rateLimit.rate"]],
    [{ rate: 60, period: 60_000, capacity: 99 }, ["SG118 server.rateLimit.capacity"]],
  ])("%j is reported", (option, wanted) => {
    expect(read(option).found).toEqual(wanted);
  });
});
