import { inFolder } from "../config/packages";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit, TextEdit } from "../plan/plan";
import { insertItems, jsonEdit, keyOf, member, membersOf } from "./jsonEdit";

const endings = ["ts", "mts", "cts", "js", "mjs", "cjs"];

/**
 * What the emitted tests need beside their packages: a configuration of vitest, unless the package has one (or one of vite), and a
 * script that runs it, unless `test` is taken. `folder` is that of the package with the Convex functions.
 */
export function planTestWiring(
  files: ReadFiles,
  { folder, serverOut }: { readonly folder: string; readonly serverOut: string },
): readonly PlannedEdit[] {
  const hasConfig = ["vitest.config", "vite.config"].some((stem) =>
    endings.some((ending) => files.exists(inFolder(folder, `${stem}.${ending}`))),
  );
  // As a module: in a package that is CommonJS, Vite minds a .ts file with imports.
  const configPath = inFolder(folder, "vitest.config.mts");
  const packagePath = inFolder(folder, "package.json");
  const functions = folder === "" ? serverOut : serverOut.slice(folder.length + 1);
  return [
    ...(hasConfig
      ? []
      : [
          {
            path: configPath,
            purpose: `lets vitest find the tests of ${serverOut} in ${configPath}`,
            apply: createdAs(vitestConfig(functions)),
          },
        ]),
    {
      path: packagePath,
      purpose: `runs vitest as the script test of ${packagePath}`,
      apply: testScriptEdit(packagePath),
    },
  ];
}

function createdAs(created: string): TextEdit {
  return (text) => (text === undefined ? { kind: "edited", text: created } : { kind: "unchanged" });
}

function vitestConfig(functions: string): string {
  return `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [${JSON.stringify(`${functions}/**/*.test.ts`)}],
    // The nearest to what Convex runs functions in.
    environment: "edge-runtime",
    server: { deps: { inline: ["convex-test"] } },
  },
});
`;
}

function testScriptEdit(path: string): TextEdit {
  const script = '"test": "vitest run"';
  return jsonEdit({
    path,
    snippet: `{\n  "scripts": {\n    ${script}\n  }\n}\n`,
    find: (parsed) => {
      const scripts = member(parsed.root, "scripts");
      if (scripts === undefined) {
        const keys = membersOf(parsed.root).map(keyOf);
        // Where npm init puts it: behind what names the package.
        const after = Math.max(...["name", "version", "main"].map((key) => keys.indexOf(key)));
        return [insertItems(parsed, parsed.root, after, [`"scripts": {\n  ${script}\n}`])];
      }
      if (scripts.type !== "object") return { strange: "its scripts are no object" };
      if (member(scripts, "test") !== undefined) return [];
      return [insertItems(parsed, scripts, membersOf(scripts).length - 1, [script])];
    },
  });
}
