import type { ServerUpgrade } from "../../templates/server/convex/syncEngine/history";
import type { Upgrade } from "../../templates/shared/upgrade";
import { fingerprint } from "./fingerprint";

/** Gives each upgrade that has none its id, oldest first: a hash of what it says, and of the upgrades before it. */
export function recordUpgrades(
  upgrades: readonly (Upgrade & Partial<ServerUpgrade>)[],
): readonly ServerUpgrade[] {
  const recorded: ServerUpgrade[] = [];
  for (const { id: own, from, to, tables } of upgrades) {
    const content = [recorded.at(-1)?.id ?? null, from, to, tables];
    const id = own ?? fingerprint(JSON.stringify(content)).slice(0, 12);
    recorded.push({ id, from, to, tables });
  }
  return recorded;
}
