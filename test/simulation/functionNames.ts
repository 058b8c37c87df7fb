import type { syncRules } from "../server/fixture/convex/syncTables";

/** A table of the reference project. */
export type TableName = keyof typeof syncRules;

const entities: Readonly<Record<TableName, readonly [one: string, many: string]>> = {
  projects: ["Project", "Projects"],
  tasks: ["Task", "Tasks"],
  notes: ["Note", "Notes"],
  places: ["Place", "Places"],
  contacts: ["Contact", "Contacts"],
  readings: ["Reading", "Readings"],
  scores: ["Score", "Scores"],
  drafts: ["Draft", "Drafts"],
  settings: ["Setting", "Settings"],
};

/** What the functions of a table are called in `sync.ts`. */
export function functionsOf(table: TableName) {
  const [one, many] = entities[table];
  return {
    upsert: `upsert${one}`,
    remove: `remove${one}`,
    changesSince: `get${one}ChangesSince`,
    all: `getAll${many}ForUser`,
  };
}
