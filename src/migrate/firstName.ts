import type { TableUpgrade, Upgrade } from "../../templates/shared/upgrade";

/** What one step did to a table, and the name that the table had before. */
export interface TableStep {
  readonly before: string;
  readonly step: TableUpgrade;
}

/** The steps that made a table what it is, newest first. `name`: what it is called after all of them. */
export function tableSteps(upgrades: readonly Upgrade[], name: string): readonly TableStep[] {
  const found: TableStep[] = [];
  let today = name;
  for (const { tables } of [...upgrades].reverse()) {
    const entries = Object.entries(tables);
    const same = entries.find(
      ([before, step]) => step.removed !== true && (step.renamedTo ?? before) === today,
    );
    if (same !== undefined) {
      const [before, step] = same;
      found.push({ before, step });
      today = before;
    } else if (Object.hasOwn(tables, today)) {
      // Another table had the name before, and gave it up in this step.
      break;
    }
  }
  return found;
}

/** The name that a table had first; `null` where it is the one that it has. */
export function firstName(upgrades: readonly Upgrade[], name: string): string | null {
  const first = tableSteps(upgrades, name).at(-1)?.before ?? name;
  return first === name ? null : first;
}
