import type { Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { StoredTable } from "../model/model";
import type { PlannedEdit } from "../plan/plan";
import { convexConfigEdit } from "./convexConfigEdit";
import { cronsEdit } from "./cronsEdit";
import { packageJsonEdit } from "./packageJsonEdit";
import { rateLimitRequirements } from "./packageVersions";
import { findSchemaClashes, schemaEdit } from "./schemaEdit";

/** An edit of the user's Convex files, with the part of the wiring that it stands for. */
export interface ServerEdit extends PlannedEdit {
  readonly part: "schema" | "crons" | "limiter" | "limiterPackage";
}

/**
 * The edits of the user's own Convex files that every run of `generate` makes: the synced tables in the schema, the collection of
 * tombstones in the crons, the rate limiter where one is asked for. An error when the user's schema already has one of the tables.
 */
export function planServerEdits(
  files: ReadFiles,
  server: {
    readonly out: string;
    readonly tables: readonly StoredTable[];
    readonly rateLimit: boolean;
  },
): Outcome<readonly ServerEdit[]> {
  const schema = scriptPath(files, `${server.out}/schema`);
  const crons = scriptPath(files, `${server.out}/crons`);
  const clashes = findSchemaClashes(schema, files.read(schema), server.tables);
  if (clashes.length > 0) return { ok: false, diagnostics: clashes };
  const edits: readonly ServerEdit[] = [
    {
      part: "schema",
      path: schema,
      purpose: `adds the synced tables to ${schema}`,
      apply: schemaEdit(schema),
    },
    {
      part: "crons",
      path: crons,
      purpose: `schedules the collection of tombstones in ${crons}`,
      apply: cronsEdit(crons),
    },
    ...(server.rateLimit ? rateLimitEdits(files, server.out) : []),
  ];
  return { ok: true, value: edits, diagnostics: [] };
}

function rateLimitEdits(files: ReadFiles, out: string): readonly ServerEdit[] {
  const app = scriptPath(files, `${out}/convex.config`);
  const manifest = manifestAbove(files, out);
  return [
    {
      part: "limiter",
      path: app,
      purpose: `installs the rate limiter in ${app}`,
      apply: convexConfigEdit(app),
    },
    {
      part: "limiterPackage",
      path: manifest,
      purpose: `lists the rate limiter in ${manifest}`,
      apply: packageJsonEdit(manifest, rateLimitRequirements),
    },
  ];
}

/** The package.json of the package that a folder belongs to; the root's where there is none. */
function manifestAbove(files: ReadFiles, folder: string): string {
  const parts = folder.split("/");
  const folders = parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
  return (
    folders.map((one) => `${one}/package.json`).find((path) => files.exists(path)) ?? "package.json"
  );
}

/** The file as TypeScript, unless only the JavaScript one exists. */
function scriptPath(files: ReadFiles, stem: string): string {
  return !files.exists(`${stem}.ts`) && files.exists(`${stem}.js`) ? `${stem}.js` : `${stem}.ts`;
}
