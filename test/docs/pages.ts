import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** A page of the documentation. */
export interface Page {
  /** From the repository's root: `docs/config.md`. */
  readonly path: string;
  readonly text: string;
}

/** A fenced block. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** Where the fence stands, from 1. */
  readonly line: number;
}

/** The README, every page in docs/, and the READMEs of the examples. */
export function readPages(): readonly Page[] {
  const paths = [
    "README.md",
    "examples/fieldTasks/README.md",
    "examples/sharedLists/README.md",
    ...readdirSync(join(root, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ];
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** The fenced blocks of a page, also those inside lists. */
export function blocksOf({ path, text }: Page): readonly Block[] {
  return [...text.matchAll(/^( *)```(\w*)\n([^]*?)^\1```$/gm)].map((match) => {
    const [, indent = "", language = "", body = ""] = match;
    return {
      page: path,
      language,
      text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      line: text.slice(0, match.index).split("\n").length,
    };
  });
}

/** The page without what stands in blocks and in backticks. */
export function proseOf({ text }: Page): string {
  return text
    .replace(/^( *)```[^]*?^\1```$/gm, "")
    .replace(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()]/g, " "));
}

/** The names that GitHub gives to a page's headings. */
export function anchorsOf({ text }: Page): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
