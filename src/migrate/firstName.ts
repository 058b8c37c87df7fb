import { stepsOf } from "../../templates/server/convex/syncEngine/history";
import type { Upgrade } from "../../templates/shared/upgrade";

/** The name that a table had first; `null` where it is the one that it has. */
export function firstName(upgrades: readonly Upgrade[], name: string): string | null {
  const first = stepsOf(upgrades, name)[0]?.before ?? name;
  return first === name ? null : first;
}
