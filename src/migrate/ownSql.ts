import type { Diagnostic } from "../kernel/diagnostic";
import { countOf } from "../kernel/text";
import { readStatements } from "./sqlStatements";

/** At this drizzle-kit and devices cut a migration. */
export const breakpoint = "--> statement-breakpoint";

/**
 * What devices could not run of a migration of the user's own. expo-sqlite prepares each part, runs its first statement, and is silent about
 * the rest; a part of comments alone it refuses, and the database does not open.
 */
export function judgeOwnSql(path: string, sql: string): readonly Diagnostic[] {
  const parts = sql.split(breakpoint);
  let line = 1;
  return parts.flatMap((part): readonly Diagnostic[] => {
    const before = line - 1;
    line += part.split("\n").length - 1;
    const [first, second, ...more] = readStatements(part);
    if (second !== undefined) {
      const count = countOf(more.length + 2, "statement");
      return [
        {
          ...problem(path, before + second.line),
          message: `${path} has ${count} in one part: devices would run the first of them alone.`,
          hint: `Put a line \`${breakpoint}\` before each of them but the first.`,
        },
      ];
    }
    if (first !== undefined) return [];
    return [
      {
        ...problem(path, before + 1),
        message: `${path} has no statement ${parts.length > 1 ? "in one of its parts" : "yet"}: devices could not open their database.`,
        hint:
          parts.length > 1
            ? `Write it, or take the part and its line \`${breakpoint}\` away.`
            : "Write its SQL, and run `sync-gen generate` then: once it is taken along, its text stays as it is.",
      },
    ];
  });
}

function problem(file: string, line: number): Pick<Diagnostic, "code" | "severity" | "location"> {
  return { code: "SG321", severity: "error", location: { file, line, column: 1 } };
}
