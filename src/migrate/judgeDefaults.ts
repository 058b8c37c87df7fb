import type { Diagnostic } from "../kernel/diagnostic";
import type { TableModel } from "../model/model";

/** Drizzle's migrators cut a migration at this text, wherever it stands. */
const separator = "--> statement-breakpoint";

/** Defaults that cannot stand in a migration. */
export function judgeDefaults(tables: readonly TableModel[]): readonly Diagnostic[] {
  return tables.flatMap((table) =>
    table.fields
      .filter((field) => JSON.stringify(field.default).includes(separator))
      .map((field): Diagnostic => ({
        code: "SG309",
        severity: "error",
        message: `The default of "${field.name}" holds "${separator}", at which Drizzle's migrator cuts a migration in two.`,
        path: ["tables", table.name, "fields", field.name],
        hint: "Choose a default without it.",
      })),
  );
}
