import type { ConfigPath, Problems } from "../config/problems";
import type { TableShape } from "../config/shape";
import { joinWords, quote } from "../kernel/text";

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
  const names = new Map(entries.map((entry) => [entry.name, entry.renamedFrom]));
  const inCircles = new Set<string>();
  const heirs = new Map<string, string>();
  for (const { name, renamedFrom } of entries) {
    if (renamedFrom === null) continue;
    const renamedPath = [...path, name, "renamedFrom"];
    const report = (message: string, hint: string): void => {
      problems.add("SG223", renamedPath, message, { hint });
    };
    const heir = heirs.get(renamedFrom);
    const circle = circleFrom(name, names);
    const holder = names.get(renamedFrom) ?? null;
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(renamedFrom)) {
      report(
        `${quote(renamedFrom)} was never the name of a ${what}.`,
        "Use its name in the earlier config.",
      );
    } else if (renamedFrom === name) {
      report(`The ${what} ${quote(name)} is renamed from itself.`, "Remove renamedFrom.");
    } else if (inCircles.has(name)) {
      // Said with the first of them.
    } else if (circle.length > 0) {
      for (const member of circle) inCircles.add(member);
      report(
        `The ${what}s ${joinWords(circle.map(quote))} take each other's names, which cannot be done in one step.`,
        `One step a version: rename ${quote(renamedFrom)} to a name that nothing had, and generate; then rename ${quote(name)} from it, and generate; then the rest.`,
      );
    } else if (holder !== null) {
      report(
        `The ${what} ${quote(renamedFrom)} is still there: it is what ${quote(holder)} is renamed to.`,
        `One step a version: ${quote(name)} from ${quote(renamedFrom)} now, and ${quote(renamedFrom)} from ${quote(holder)} once that was generated.`,
      );
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

/** Names that take each other's places, beginning with `start`, each renamed from the next; empty where it leads elsewhere. */
function circleFrom(
  start: string,
  formerNames: ReadonlyMap<string, string | null>,
): readonly string[] {
  const circle = [start];
  for (;;) {
    const next = formerNames.get(circle.at(-1) ?? "") ?? null;
    if (next === start) return circle;
    if (next === null || circle.includes(next)) return [];
    circle.push(next);
  }
}
