const useColor = process.stdout.isTTY && process.env["NO_COLOR"] === undefined;
const paint = (code: number) => (text: string) =>
  useColor ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const yellow = paint(33);

/** A heading. */
export function chapter(title: string): void {
  console.log(`\n${bold(title)}`);
}

/** Who did what. */
export function say(who: string, what: string): void {
  console.log(`  ${who.padEnd(8)} ${what}`);
}

/** Rows side by side under their column names. */
export function printTable(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd();
  console.log(dim(line(columns)));
  for (const row of rows) console.log(line(row));
}
