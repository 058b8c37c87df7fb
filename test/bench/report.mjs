// Tables for the terminal and for docs/benchmarks.md.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

/** A ratio with as many digits as it can bear. */
export function ratio(value) {
  if (!Number.isFinite(value)) return "–";
  if (value >= 100) return String(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Ours, among others. */
export function bold(text) {
  return `**${text}**`;
}

/** The lines of a Markdown table, columns aligned for people who read the source. */
export function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const print = (row) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [print(all[0]), rule, ...all.slice(1).map(print), ""];
}

/** Replaces one section of the report, which is created from `frame` when it is missing. */
export function writeSection(path, frame, name, lines) {
  const text = existsSync(path) ? readFileSync(path, "utf8") : frame;
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const first = text.indexOf(start);
  const last = text.indexOf(end);
  if (first < 0 || last < 0) throw new Error(`${path} has no place for ${name}.`);
  const section = `${start}\n\n${lines.join("\n").trim()}\n\n`;
  writeFileSync(path, text.slice(0, first) + section + text.slice(last));
}
