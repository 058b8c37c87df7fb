import type { Outcome } from "../kernel/diagnostic";
import type { ReadFiles } from "../kernel/files";
import type { PlannedEdit } from "../plan/plan";
import { cronsEdit } from "./cronsEdit";
import { findSchemaClashes, schemaEdit } from "./schemaEdit";

/**
 * The edits of the user's own Convex files that every run of `generate` makes: the synced tables in the schema, the collection of
 * tombstones in the crons. An error when the user's schema already has one of the tables.
 */
export function planServerEdits(
  files: ReadFiles,
  server: { readonly out: string; readonly tableNames: readonly string[] },
): Outcome<readonly PlannedEdit[]> {
  const schema = scriptPath(files, `${server.out}/schema`);
  const crons = scriptPath(files, `${server.out}/crons`);
  const clashes = findSchemaClashes(schema, files.read(schema), server.tableNames);
  if (clashes.length > 0) return { ok: false, diagnostics: clashes };
  const edits: readonly PlannedEdit[] = [
    { path: schema, purpose: `adds the synced tables to ${schema}`, apply: schemaEdit(schema) },
    {
      path: crons,
      purpose: `schedules the collection of tombstones in ${crons}`,
      apply: cronsEdit(crons),
    },
  ];
  return { ok: true, value: edits, diagnostics: [] };
}

/** The file as TypeScript, unless only the JavaScript one exists. */
function scriptPath(files: ReadFiles, stem: string): string {
  return !files.exists(`${stem}.ts`) && files.exists(`${stem}.js`) ? `${stem}.js` : `${stem}.ts`;
}
