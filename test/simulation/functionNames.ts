import type { syncRules } from "./tables";

/** A table of the simulated project. */
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
  boards: ["Board", "Boards"],
  cards: ["Card", "Cards"],
  ratings: ["Rating", "Ratings"],
  pacts: ["Pact", "Pacts"],
  guests: ["Guest", "Guests"],
  duties: ["Duty", "Duties"],
  patients: ["Patient", "Patients"],
  parcels: ["Parcel", "Parcels"],
  terms: ["Term", "Terms"],
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

const tablesByQuery = new Map(
  // Safe: its own names.
  (Object.keys(entities) as TableName[]).flatMap((table) => {
    const { changesSince, all } = functionsOf(table);
    return [changesSince, all].map((name): [string, TableName] => [name, table]);
  }),
);

/** The table whose pages the function of `sync.ts` reads. */
export function tableOfQuery(name: string): TableName {
  const table = tablesByQuery.get(name);
  if (table === undefined) throw new Error(`No table is read by ${name}.`);
  return table;
}
