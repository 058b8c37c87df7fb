import type { PlantedBug } from "./plantedBugs";

const client = (file: string) => `client/sync/${file}.ts`;

/** Mistakes in edits of a row as it was shown. */
export const plantedShownBugs: readonly PlantedBug[] = [
  {
    name: "what came after the row was shown counts as seen",
    row: "I10",
    file: client("recordSeen"),
    find: "!saysTheSame(rules, server.fields, seen.fields);",
    replace: "saysTheSame(rules, server.fields, seen.fields);",
    mix: "server-wins",
  },
  {
    name: "an edit joins one that was made on what its author had not seen",
    row: "I10",
    file: client("SyncQueue"),
    find: "!(madeOn && compareStamps(madeOn.stamp, last.baseStamp) < 0)",
    replace: "last !== null",
    mix: "server-wins",
  },
  {
    name: "visits count from the row of now, not from the one that was shown",
    row: "B1",
    file: client("recordSeen"),
    find: "seen: seen.fields,",
    replace: "seen: null,",
    mix: "field-merge",
  },
  {
    name: "behind a create on its way, visits do not count from the row that was shown",
    row: "B1",
    file: client("SyncQueue"),
    find: "fields: builtOn.base === null ? onTop(state, edit) : write.fields,",
    replace: "fields: write.fields,",
    mix: "field-merge",
  },
];
