import type { ConfigPath, Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { quote } from "../kernel/text";

/** Checks that former names of tables and fields are not in use, so that it is clear what became of what. */
export function checkRenames(tables: readonly TableShape[], problems: Problems): void {
  checkFormerNames("table", tables, ["tables"], problems);
  for (const table of tables) {
    checkFormerNames("field", table.fields, ["tables", table.name, "fields"], problems);
  }
}

interface Renamed {
  readonly name: string;
  readonly renamedFrom: string | null;
}

function checkFormerNames(
  what: "table" | "field",
  entries: readonly Renamed[],
  path: ConfigPath,
  problems: Problems,
): void {
  const names = new Set(entries.map((entry) => entry.name));
  const heirs = new Map<string, string>();
  for (const { name, renamedFrom } of entries) {
    if (renamedFrom === null) continue;
    const renamedPath = [...path, name, "renamedFrom"];
    const report = (message: string, hint: string): void => {
      problems.add("SG223", renamedPath, message, { hint });
    };
    const heir = heirs.get(renamedFrom);
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(renamedFrom)) {
      report(
        `${quote(renamedFrom)} was never the name of a ${what}.`,
        "Use its name in the earlier config.",
      );
    } else if (renamedFrom === name) {
      report(`The ${what} ${quote(name)} is renamed from itself.`, "Remove renamedFrom.");
    } else if (names.has(renamedFrom)) {
      report(
        `The ${what} ${quote(renamedFrom)} is still there.`,
        `Remove it, or remove renamedFrom of ${quote(name)}.`,
      );
    } else if (heir !== undefined) {
      report(
        `${quote(heir)} is renamed from ${quote(renamedFrom)} too.`,
        "Only one of them can take its data along.",
      );
    }
    heirs.set(renamedFrom, name);
  }
}
