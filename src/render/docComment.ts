/** Columns that a doc comment fills. */
const width = 80;

/**
 * A doc comment that holds the text whatever is in it, each line behind `indentation` spaces; ends without a line end.
 * Long lines are wrapped between words.
 */
export function docComment(text: string, indentation = 0): string {
  const margin = " ".repeat(indentation);
  // Nothing to wrap, and nothing to make safe: what most comments are.
  if (
    indentation + text.length + 7 <= width &&
    /^[!-)+-.0-?A-~](?:[ !-)+-.0-?A-~]*[!-)+-.0-?A-~])?$/.test(text)
  )
    return `${margin}/** ${text} */`;
  const lines = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((each) => safeLine(each).trimEnd())
    .flatMap((each) => wrap(each, width - indentation - 3));
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  while (lines.length > 0 && lines[0] === "") lines.shift();
  const [only] = lines;
  const short = only !== undefined && lines.length === 1 && indentation + only.length + 7 <= width;
  if (short) return `${margin}/** ${only} */`;
  return [
    `${margin}/**`,
    ...lines.map((each) => `${margin} * ${each}`.trimEnd()),
    `${margin} */`,
  ].join("\n");
}

/** Nothing in it ends the comment or directs the compiler. */
function safeLine(text: string): string {
  return text
    .replaceAll("*/", "*\\/")
    .replace(/@(?=ts-)/g, "\\@")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, " ");
}

function wrap(text: string, columns: number): string[] {
  if (text.length <= columns) return [text];
  const lines: string[] = [];
  let current = "";
  for (const word of text.split(" ")) {
    if (current !== "" && current.length + 1 + word.length > columns) {
      lines.push(current);
      current = word;
    } else {
      current = current === "" ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}
