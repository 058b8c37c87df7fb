import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, it } from "vitest";
import { fieldKinds } from "../../src/config/vocabulary";
import { syncErrorCodes } from "../../templates/client/sync/types";
import { opOutcomes, rejectionCodes } from "../../templates/shared/protocol";
import { measureCosts } from "./costs";
import { madeTexts, remake } from "./madeText";
import { anchorsOf, proseOf, readPages, root } from "./pages";

const pages = readPages();
const text = (path: string) => pages.find((page) => page.path === path)?.text ?? "";
const source = (path: string) => readFileSync(join(root, path), "utf8");

function sourcesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesBelow(path);
    return /(?<!\.test)\.ts$/.test(entry.name) ? [path] : [];
  });
}

it("holds what the code says today: after a change, npx tsx test/docs/write.ts", async () => {
  const made = madeTexts(await measureCosts());

  const stale = pages.filter((page) => remake(page.text, made) !== page.text);

  expect(stale.map(({ path }) => path)).toEqual([]);
  const used = pages.flatMap((page) => [...page.text.matchAll(/<!-- made: (\w+) -->/g)]);
  expect(used.map(([, name]) => name).sort()).toEqual(Object.keys(made).sort());
});

it("leads to files and headings that are there", () => {
  const dead = pages.flatMap((page) =>
    [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target = ""]) => {
      if (/^https?:/.test(target)) return [];
      const [file = "", anchor] = target.split("#");
      const path = file === "" ? page.path : relative(root, join(root, dirname(page.path), file));
      const found = pages.find((other) => other.path === path);
      const isThere = found ? !anchor || anchorsOf(found).has(anchor) : exists(path) && !anchor;
      return isThere ? [] : [`${page.path}: ${target}`];
    }),
  );

  expect(dead).toEqual([]);
});

it("is reached from the README, every page of it", () => {
  const readme = text("README.md");
  const first = pages.filter(({ path }) => readme.includes(`](${path})`));
  const unlinked = pages.filter(
    (page) =>
      page.path !== "README.md" &&
      !first.includes(page) &&
      !first.some((other) => other.text.includes(`](${page.path.replace("docs/", "")})`)),
  );

  expect(unlinked.map(({ path }) => path)).toEqual([]);
});

it("explains every code of the command line, and none that is gone", () => {
  const printed = new Set(
    sourcesBelow("src").flatMap((path) =>
      [...source(path).matchAll(/\b(SG\d{3})\b(?=")|^ {2}(SG\d{3}):/gm)].map(
        ([, quoted, registered]) => quoted ?? registered,
      ),
    ),
  );
  const explained = [...text("docs/errors.md").matchAll(/^\| (SG\d{3}) \|/gm)].map(
    ([, code]) => code,
  );

  expect([...explained].sort()).toEqual([...printed].sort());
});

it("explains every code that apps can meet", () => {
  const missing = [
    ...syncErrorCodes.filter((code) => !text("docs/errors.md").includes(`| \`${code}\` |`)),
    ...rejectionCodes.filter((code) => !text("docs/conflicts.md").includes(`\`${code}\``)),
    ...opOutcomes.filter((outcome) => !text("docs/protocol.md").includes(`\`${outcome}\``)),
  ];
  expect(missing).toEqual([]);
});

it("names every field kind, modifier and option of the config", () => {
  const config = text("docs/config.md");
  const options = [
    ...source("src/config/table.ts").matchAll(/^ {2}readonly (\w+)\??: /gm),
    ...source("src/config/defineSync.ts").matchAll(/^ {2}readonly (\w+)\??: ["sn]/gm),
  ].map(([, name = ""]) => name);
  const modifiers = [
    ...source("src/config/fields.ts").matchAll(/^ {2}(\w+)\(.*\): FieldBuilder/gm),
  ];

  expect(options).toContain("uniqueBy");
  expect(options).toContain("retentionDays");
  const missing = [
    ...fieldKinds.filter((kind) => !new RegExp(`^\\| \`${kind}[(<]`, "m").test(config)),
    // `name` belongs to an index, in a row of its own in the table of options.
    ...options.filter(
      (name) => name !== "name" && name !== "options" && !config.includes(`| \`${name}\` |`),
    ),
    ...modifiers.map(([, name = ""]) => name).filter((name) => !config.includes(`| \`.${name}(`)),
  ];
  expect(missing).toEqual([]);
});

function exists(path: string): boolean {
  try {
    return readdirSync(join(root, dirname(path))).includes(path.split("/").at(-1) ?? "");
  } catch {
    return false;
  }
}
