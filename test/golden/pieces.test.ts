import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldModel, Model, TableModel } from "../../src/model/model";
import { buildPlan } from "../../src/plan/buildPlan";
import { type PieceTexts, Pieces } from "../../src/render/pieces";
import { packageLibrary } from "../../src/render/templateLibrary";
import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import { arbitraryModel } from "./arbitraryModel";

/** What a run starts from, as far as emitted texts depend on it. */
interface Project {
  readonly model: Model;
  readonly upgrades: readonly ServerUpgrade[];
}

/** An edit of the config; `at` says which table and field. */
type Edit = (project: Project, at: number) => Project;

const editTables =
  (edit: (tables: readonly TableModel[], at: number) => readonly TableModel[]): Edit =>
  (project, at) => ({
    ...project,
    model: { ...project.model, tables: edit(project.model.tables, at) },
  });

const editTable = (edit: (table: TableModel, at: number) => TableModel): Edit =>
  editTables((tables, at) =>
    tables.map((table, index) => (index === at % tables.length ? edit(table, at) : table)),
  );

const editField = (edit: (field: FieldModel) => FieldModel): Edit =>
  editTable((table, at) => ({
    ...table,
    fields: table.fields.map((field, index) =>
      index === at % table.fields.length ? edit(field) : field,
    ),
  }));

const edits: readonly Edit[] = [
  editTable((table) => ({ ...table, description: `${table.description}!` })),
  editTable((table) => ({ ...table, operations: ["create"] })),
  editTable((table) => ({ ...table, scope: table.scope === null ? "team" : null })),
  editTable((table) => ({ ...table, operations: ["update", "delete"] })),
  editTable((table) => ({ ...table, indexes: table.indexes.slice(1) })),
  editTable((table) => ({
    ...table,
    policy: {
      ...table.policy,
      name: "custom",
      module: { path: "./shared/merge.ts", export: "merge" },
    },
  })),
  editTable((table) => ({
    ...table,
    policy: { ...table.policy, name: "server-wins", module: null },
  })),
  editTables((tables) => [...tables].reverse()),
  editTables((tables) => (tables.length > 1 ? tables.slice(1) : tables)),
  editField((field) => ({ ...field, optional: !field.optional })),
  editField((field) => ({ ...field, default: null })),
  editField((field) => ({ ...field, description: "Said anew." })),
  (project, at) => ({ ...project, model: { ...project.model, schemaVersion: at + 1 } }),
  (project) => {
    const [table] = project.model.tables;
    const added = { [table?.name ?? ""]: { added: { later: 1 } } };
    return { ...project, upgrades: [{ id: "a", from: 1, to: 2, tables: added }] };
  },
];

const library = packageLibrary();

function plan({ model, upgrades }: Project, pieces: Pieces): ReturnType<typeof buildPlan> {
  const config = "sync.config.ts";
  return buildPlan({ model, upgrades, library, pieces, config, migrations: [], edits: [] });
}

describe("pieces of an earlier run", () => {
  it("make the plan that would be made without them, whatever was edited since", () => {
    const steps = fc.array(fc.tuple(fc.constantFrom(...edits), fc.nat(20)), { maxLength: 6 });
    fc.assert(
      fc.property(arbitraryModel, steps, (model, sequence) => {
        let project: Project = { model, upgrades: [] };
        let kept: PieceTexts = {};
        for (const [edit, at] of [...sequence, [(same: Project) => same, 0] as const]) {
          const pieces = new Pieces(kept);
          expect(plan(project, pieces).files).toEqual(plan(project, new Pieces()).files);
          // As the disk gives it back.
          kept = JSON.parse(JSON.stringify(pieces.texts() ?? kept)) as PieceTexts;
          project = edit(project, at);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("are taken: only what depends on an edit is made again", () => {
    fc.assert(
      fc.property(arbitraryModel, (model) => {
        const first = new Pieces();
        const project = { model, upgrades: [] };
        plan(project, first);
        const known = first.texts() ?? {};
        const again = new Pieces(known);
        plan(project, again);
        expect(again.texts()).toBeNull();

        const [table, ...others] = model.tables;
        if (table === undefined) return;
        const edited = new Pieces(known);
        const tables = [{ ...table, description: `${table.description}!` }, ...others];
        plan({ ...project, model: { ...model, tables } }, edited);
        const texts = edited.texts() ?? {};
        const made = Object.keys(texts).filter((key) => !Object.hasOwn(known, key));
        expect(made).toHaveLength(1);
        expect(Object.keys(texts)).toHaveLength(model.tables.length);
      }),
      { numRuns: 20 },
    );
  });
});
