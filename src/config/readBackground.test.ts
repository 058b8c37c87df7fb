import { describe, expect, it } from "vitest";
import { text } from "./fields";
import { table } from "./table";
import { defineSync } from "./defineSync";
import { readConfig } from "./readConfig";

function read(background: unknown) {
  const { shape, diagnostics } = readConfig(
    defineSync({
      // JavaScript configs say what TypeScript would refuse.
      client: { store: "expo-sqlite", out: "src", background: background as never },
      server: { backend: "convex", out: "convex" },
      tables: { notes: table({ policy: "mobile-wins", fields: { title: text() } }) },
    }),
  );
  const found = diagnostics.map(({ code, path = [] }) => `${code} ${path.join(".")}`);
  return { background: shape.client.background, found };
}

describe("client.background", () => {
  it.each([
    [undefined, null],
    [false, null],
    [true, { everyMinutes: 15 }],
    [{}, { everyMinutes: 15 }],
    [{ everyMinutes: 60 }, { everyMinutes: 60 }],
  ])("%j is understood", (option, wanted) => {
    expect(read(option)).toEqual({ background: wanted, found: [] });
  });

  it.each([
    ["often", ["SG112 client.background"]],
    [null, ["SG112 client.background"]],
    [{ everyMinutes: 5 }, ["SG117 client.background.everyMinutes"]],
    [{ everyMinutes: 15.5 }, ["SG117 client.background.everyMinutes"]],
    [{ everyMinutes: "15" }, ["SG112 client.background.everyMinutes"]],
    [{ every: 15 }, ["SG111 client.background.every"]],
  ])("%j is reported", (option, wanted) => {
    expect(read(option).found).toEqual(wanted);
  });
});
