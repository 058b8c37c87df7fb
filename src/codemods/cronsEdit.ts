import type { TextEdit } from "../plan/plan";
import { addImport, importedAs } from "./importEdit";
import { morph, sourceEdit, splices, strange, type Found, type Parsed } from "./syntax";
import { indentAt, quoted, restyle, type TextStyle } from "./textSpans";

/**
 * Schedules the emitted collection of tombstones in the user's own `crons.ts`. A missing file stays missing: there the
 * whole file is emitted, once.
 */
export function cronsEdit(path: string): TextEdit {
  return sourceEdit({
    path,
    isDone: (text) => /^[^/*\n]*\binternal\.sync\.collectGarbage\b/m.test(text),
    snippet: `${schedule("crons", { quote: '"' })};\n`,
    find: findCrons,
  });
}

// Not on the hour, when everybody's crons run.
function schedule(crons: string, style: Pick<TextStyle, "quote">): string {
  const name = quoted("collect sync garbage", style);
  return `${crons}.daily(${name}, { hourUTC: 3, minuteUTC: 17 }, internal.sync.collectGarbage)`;
}

function findCrons(parsed: Parsed): Found {
  const { Node, SyntaxKind } = morph();
  const { source, text, style } = parsed;
  const isScheduled = source
    .getDescendantsOfKind(SyntaxKind.PropertyAccessExpression)
    .some((access) => /\.sync\.collectGarbage$/.test(access.getText()));
  if (isScheduled) return splices();

  const cronJobs = importedAs(source, "cronJobs", "convex/server");
  const declared = source
    .getVariableDeclarations()
    .find((one) => one.getInitializer()?.getText() === `${cronJobs}()`);
  if (cronJobs === undefined || !declared) {
    return strange("it has no `const crons = cronJobs()` at its top level");
  }
  const imports = addImport(parsed, ["internal"], "./_generated/api");
  if (imports === undefined) return strange("it uses the name internal for something else");

  const name = declared.getName();
  const last =
    source
      .getStatements()
      .filter(
        (statement) =>
          Node.isExpressionStatement(statement) && statement.getText().startsWith(`${name}.`),
      )
      .at(-1) ?? declared.getVariableStatementOrThrow();
  const end = last.getText().endsWith(";") ? ";" : "";
  const base = indentAt(text, last.getStart());
  const call = restyle(
    schedule(name, style).replace(/\((.*), (\{.*\}), (.*)\)$/, "(\n  $1,\n  $2,\n  $3,\n)"),
    style,
    base,
  );
  return splices(...imports, {
    start: last.getEnd(),
    end: last.getEnd(),
    text: `${style.lineEnding}${style.lineEnding}${base}${call}${end}`,
  });
}
