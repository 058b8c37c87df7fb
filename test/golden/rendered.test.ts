import fc from "fast-check";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { buildPlan } from "../../src/plan/buildPlan";
import { packageLibrary } from "../../src/render/templateLibrary";
import type { Upgrade } from "../../templates/shared/upgrade";
import { arbitraryModel } from "./arbitraryModel";

const upgrades: readonly Upgrade[] = [
  {
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
    from: 2,
    to: 3,
    tables: { todos: { added: { priority: "normal", place: { lat: 0, lng: 0 } } } },
  },
];

const library = packageLibrary();

describe("what is rendered", () => {
  it("is what prettier prints, whatever the names, values and texts", async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryModel,
        fc.constantFrom([], upgrades.slice(0, 1), upgrades),
        async (model, steps) => {
          const { files } = buildPlan({
            model,
            upgrades: steps,
            library,
            origin: { version: "1.0.0", config: "sync.config.ts" },
            migrations: [],
            edits: [],
          });
          for (const file of files) {
            if (
              library.copied(`tables/expoSqlite/${file.path.split("/").at(-1) ?? ""}.hbs`) ===
                undefined &&
              library.copied(`tables/convex/${file.path.split("/").at(-1) ?? ""}.hbs`) === undefined
            )
              continue;
            expect(file.text).toBe(await format(file.text, { parser: "typescript" }));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});
