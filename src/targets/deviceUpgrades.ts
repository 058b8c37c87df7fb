import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import type { TableUpgrade, Upgrade } from "../../templates/shared/upgrade";

/** The upgrades as devices have them: nothing of what only the server uses. */
export function deviceUpgrades(upgrades: readonly ServerUpgrade[]): readonly Upgrade[] {
  return upgrades
    .filter(({ from, to }) => to > from)
    .map(({ from, to, tables }) => ({
      from,
      to,
      tables: Object.fromEntries(
        Object.entries(tables).flatMap(([name, upgrade]) => {
          const { server: _, entity: __, scope: ___, ...ofDevices } = upgrade;
          return Object.keys(ofDevices).length === 0 ? [] : [[name, ofDevices]];
        }),
      ),
    }));
}

/** True for an upgrade of nothing but what only the server knows. */
export function isOfServer(upgrade: TableUpgrade): boolean {
  return Object.keys(upgrade).join() === "server";
}
