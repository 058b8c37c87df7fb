import type { Migrations } from "../../templates/client/db/database";
import type { TableRules } from "../../templates/shared/policy";
import type { FieldModel, TableModel } from "../../src/model/model";
import { field, Project, table } from "../migrate/fixtures";
import { formerNames, goneChoices, nameIn, newFields } from "./earlierApp";
import { syncRules } from "./tables";

/** The rules of a table as the earlier app has them. */
export function earlierRules(rules: TableRules): TableRules {
  const { name } = rules;
  const { by } = rules.options;
  const fields = Object.entries(rules.fields)
    .filter(([known]) => !(known in (newFields[name] ?? {})))
    .map(([known, its]) => {
      const gone = goneChoices[name]?.[known];
      const choices = gone === undefined ? {} : { choices: [...(its.choices ?? []), gone] };
      return [nameIn(1, name, known), { ...its, ...choices }] as const;
    });
  return {
    ...rules,
    options: { ...rules.options, ...(by === undefined ? {} : { by: nameIn(1, name, by) }) },
    fields: Object.fromEntries(fields),
  };
}

/** The table as the generator knows it after reading a config. */
function modelOf(rules: TableRules, isUpdate: boolean): TableModel {
  const fields = Object.entries(rules.fields).map(([name, its]): FieldModel => {
    const { kind, optional, choices = [], references = null } = its;
    const former = isUpdate ? (formerNames[rules.name]?.[name] ?? null) : null;
    return field(name, kind, {
      optional,
      default: its.default === undefined ? null : { value: its.default },
      choices,
      references,
      renamedFrom: former,
    });
  });
  return table(rules.name, fields, {
    operations: rules.operations,
    uniqueBy: rules.uniqueBy,
    scope: rules.scope ?? null,
  });
}

const project = new Project();
const rulesToday: readonly TableRules[] = Object.values(syncRules);
const before = await project.generate(
  rulesToday.map((rules) => modelOf(earlierRules(rules), false)),
);
const after = await project.generate(
  rulesToday.map((rules) => modelOf(rules, true)),
  { allowDataLoss: true },
);

/** What the generator emits for the change from the earlier version to the current one. */
export const { upgrades } = after;

type Journal = Migrations["journal"];

function migrationsOf(count: number): Migrations {
  // Safe: written by the generator.
  const { entries } = JSON.parse(
    project.files.read("src/db/migrations/meta/_journal.json") ?? "",
  ) as Journal;
  const known = entries.slice(0, count);
  return {
    journal: { entries: known },
    migrations: Object.fromEntries(
      known.map(({ idx }) => [`m${String(idx).padStart(4, "0")}`, project.sql(idx)]),
    ),
  };
}

/** The emitted migrations of each version of the app. */
export const migrationsIn = { 1: migrationsOf(1), 2: migrationsOf(2) } as const;

if (before.added === null || after.added === null)
  throw new Error("The earlier version and the current one are the same.");
