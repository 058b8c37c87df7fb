import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { buildPlan } from "../../src/plan/buildPlan";
import { Pieces } from "../../src/render/pieces";
import { packageLibrary } from "../../src/render/templateLibrary";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { arbitraryModel } from "./arbitraryModel";
import { originOf } from "./goldenProject";

const upgrades: readonly ServerUpgrade[] = [
  {
    id: "5b2e8c0f71aa",
    from: 1,
    to: 2,
    tables: {
      tasks: {
        renamedTo: "todos",
        fields: { title: { renamedTo: "text" }, old: { dropped: true } },
      },
    },
  },
  {
    id: "0c11d94e3f60",
    from: 2,
    to: 3,
    tables: { todos: { added: { priority: "normal", place: { lat: 0, lng: 0 } } } },
  },
];

describe("what is rendered", () => {
  it.each([
    ["another model every time", {}],
    ["a name so long that its columns, with an open default, move right", { seed: 1440238464 }],
  ])(
    "is what prettier prints, whatever the names, values and texts: %s",
    async (_what, drawn) => {
      const library = packageLibrary();
      const steps = fc.constantFrom([], upgrades.slice(0, 1), upgrades);
      await fc.assert(
        fc.asyncProperty(arbitraryModel, steps, async (model, known) => {
          const pieces = new Pieces();
          const input = {
            model,
            upgrades: known,
            library,
            pieces,
            config: "sync.config.ts",
            migrations: [],
            edits: [],
          };
          const rendered = buildPlan(input).files.filter(
            ({ text }) => originOf(text) === undefined,
          );
          expect(rendered.length).toBeGreaterThan(model.tables.length + 6);
          for (const { text } of rendered) {
            expect(text).toBe(await format(text, { parser: "typescript" }));
          }
        }),
        // A counterexample is small enough; shrinking runs prettier hundreds of times.
        { numRuns: 20, endOnFailure: true, ...drawn },
      );
    },
    120_000,
  );
});
