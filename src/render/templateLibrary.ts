import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files that come with sync-gen: engine code that is copied, and templates that are filled. */
export interface TemplateLibrary {
  /** The text of a copied file, by its path below `templates`; `undefined` where there is none. */
  copied(path: string): string | undefined;
  /** The text of `templates/tables/<name>.hbs`; throws where there is none. */
  template(name: string): string;
}

/** The library of this package: `templates` beside `src` or `dist`. Every file is read at most once. */
export function packageLibrary(
  root: string = findTemplates(dirname(fileURLToPath(import.meta.url))),
): TemplateLibrary {
  const texts = new Map<string, string | undefined>();
  const copied = (path: string): string | undefined => {
    if (!texts.has(path)) texts.set(path, readText(join(root, path)));
    return texts.get(path);
  };
  return {
    copied,
    template: (name) => {
      const text = copied(`tables/${name}.hbs`);
      if (text === undefined) throw new Error(`There is no template "${name}" in ${root}.`);
      return text;
    },
  };
}

/** The texts of all templates by name, for the build. */
export function readTemplates(root: string): Readonly<Record<string, string>> {
  const folder = join(root, "tables");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".hbs"),
  );
  return Object.fromEntries(
    names.map((name) => [
      name.replaceAll("\\", "/").replace(/\.hbs$/, ""),
      readText(join(folder, name)) ?? "",
    ]),
  );
}

function readText(path: string): string | undefined {
  // A checkout may have turned line ends into CRLF; what is emitted has LF everywhere.
  return existsSync(path) ? readFileSync(path, "utf8").replaceAll("\r\n", "\n") : undefined;
}

function findTemplates(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, "templates");
    if (existsSync(join(candidate, "shared", "protocol.ts"))) return candidate;
    if (folder === dirname(folder)) throw new Error(`No templates folder above ${start}.`);
  }
}
