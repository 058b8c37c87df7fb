import { englishTexts, type SyncTexts } from "../components/texts";
import type { OpView } from "../sync/types";

const things: Readonly<Record<string, string>> = {
  projects: "project",
  tasks: "task",
  notes: "note",
};

const verbs = { create: "New", update: "Changed", delete: "Deleted" } as const;

/** `New task “Order a filter”`. */
function describe({ table, kind, mine, base }: OpView): string {
  const values = { ...base, ...mine };
  const name = values["text"] ?? values["name"] ?? values["body"];
  const quoted = typeof name === "string" ? ` “${name}”` : "";
  return `${verbs[kind]} ${things[table] ?? table}${quoted}`;
}

/** What the emitted components say, in this app's words. */
export const texts: Partial<SyncTexts> = {
  failedEdit: describe,
  reason: (issue) =>
    issue.code === "missing-reference"
      ? "What it belongs to was deleted in the meantime."
      : englishTexts.reason(issue),
  supersededEdit: (issue) =>
    `Not taken, because the office changed it, too: ${describe(issue)}`,
  conflictTitle: (table) =>
    `This ${things[table] ?? table} was changed in two places`,
  fieldName: (table, field) =>
    table === "notes" && field === "body"
      ? "Text"
      : englishTexts.fieldName(table, field),
};
