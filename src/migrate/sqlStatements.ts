/** One statement of SQLite, as far as it can be known without a database. */
export interface SqlStatement {
  /** Its tokens without comments, in lower case, as SQLite compares names; names without their quotes. The last `;` is left out. */
  readonly words: readonly string[];
  /** Where it begins in the text, from 1. */
  readonly line: number;
}

const token =
  /(?<skipped>\s+|--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?:"(?<double>(?:[^"]|"")*)"|`(?<tick>(?:[^`]|``)*)`|\[(?<bracket>[^\]]*)\])|'(?:[^']|'')*'|[\w$\u0080-\uffff]+|[^]/g;

/** The statements of a text, cut where SQLite cuts them: the body of a trigger belongs to it. */
export function readStatements(sql: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let words: string[] = [];
  let line = 1;
  let counted = 0;
  const end = (): void => {
    if (words.length > 0) statements.push({ words, line });
    words = [];
  };
  for (const { 0: text, index, groups } of sql.matchAll(token)) {
    if (groups?.["skipped"] !== undefined) continue;
    if (text === ";" && !isInTrigger(words)) {
      end();
      continue;
    }
    if (words.length === 0) {
      line += lineEnds(sql.slice(counted, index));
      counted = index;
    }
    const name = groups?.["double"] ?? groups?.["tick"] ?? groups?.["bracket"];
    words.push((name ?? text).toLowerCase());
  }
  end();
  return statements;
}

function lineEnds(text: string): number {
  return text.split("\n").length - 1;
}

/** A trigger goes on until its `; END`. */
function isInTrigger(words: readonly string[]): boolean {
  const [verb, noun, other] = words;
  const isTrigger =
    verb === "create" &&
    (noun === "trigger" || ((noun === "temp" || noun === "temporary") && other === "trigger"));
  return isTrigger && !(words.at(-1) === "end" && words.at(-2) === ";");
}
