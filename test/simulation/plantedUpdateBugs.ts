import type { PlantedBug } from "./plantedBugs";

const upgradeQueue = "client/sync/upgradeQueue.ts";
const opUpgrades = "client/sync/opUpgrades.ts";
const upgrade = "shared/upgrade.ts";
const engine = (file: string) => `server/convex/syncEngine/${file}.ts`;

/** Mistakes in what happens when an app is updated, and in how the server treats apps that were not. */
export const plantedUpdateBugs: readonly PlantedBug[] = [
  {
    name: "the queue stays as the earlier app left it",
    row: "F20",
    file: opUpgrades,
    find: "step.replace(op, upgrade(op));",
    replace: "continue;",
    mix: "mobile-wins",
  },
  {
    name: "an upgraded op loses a renamed field",
    row: "F20",
    file: upgrade,
    find: 'return "dropped" in upgrade ? [] : [[upgrade.renamedTo ?? field, value]];',
    replace: 'return "renamedTo" in upgrade ? [] : [[field, value]];',
    mix: "mobile-wins",
  },
  {
    name: "an upgraded op keeps a former name",
    row: "F20",
    file: upgrade,
    find: 'return "dropped" in upgrade ? [] : [[upgrade.renamedTo ?? field, value]];',
    replace: "return [[field, value]];",
    mix: "last-write-wins",
  },
  {
    name: "the base of an upgraded op stays as it was",
    row: "F20",
    file: upgrade,
    find: "base: op.base === null ? null : upgradeBase(op.base, table),",
    replace: "base: op.base,",
    mix: "hlc",
  },
  {
    name: "the clocks of an upgraded op keep former names",
    row: "F20",
    file: upgrade,
    find: "clocks: op.clocks === null ? null : rename(op.clocks, table),",
    replace: "clocks: op.clocks,",
    mix: "field-merge",
  },
  {
    name: "an op that cannot be upgraded is dropped",
    row: "F20",
    file: opUpgrades,
    find: "for (const op of ops) step.replace(op, upgrade(op));",
    replace:
      'for (const op of ops)\n      if (upgrade(op).state === "failed" && op.state !== "failed") step.remove(op);\n      else step.replace(op, upgrade(op));',
    mix: "mobile-wins",
  },
  {
    name: "the server's row beside an op is not upgraded",
    row: "F20",
    file: opUpgrades,
    find: "server: op.server && { ...op.server, fields: server },",
    replace: "server: op.server,",
    mix: "mobile-wins",
  },
  {
    name: "new columns are not fetched",
    row: "F20",
    file: upgradeQueue,
    find: "if (!changed?.has(table.name)) continue;",
    replace: "if (key !== '') continue;",
    mix: "last-write-wins",
  },
  {
    name: "an earlier app sets newer fields back",
    row: "F20",
    file: engine("decideBatch"),
    find: "unknown === null\n      ? checked.op",
    replace: "unknown === null || input.rules !== null\n      ? checked.op",
    mix: "last-write-wins",
  },
  {
    name: "an earlier app gets rows of today",
    row: "F20",
    file: engine("earlierApps"),
    find: "if (version >= schemaVersion) return (_, row) => row;",
    replace: "if (version >= 0 * schemaVersion) return (_, row) => row;",
    mix: "server-wins",
  },
  {
    name: "an earlier app gets newer fields",
    row: "F20",
    file: engine("earlierApps"),
    find: "([name]) => !moved.has(name) && !Object.hasOwn(added, name),",
    replace: "([name]) => !moved.has(name) || Object.hasOwn(added, name),",
    mix: "last-write-wins",
  },
];
