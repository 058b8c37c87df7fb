import { englishTexts, type SyncTexts } from "../components/texts";
import type { OpView } from "../sync/types";

const things: Readonly<Record<string, string>> = {
  projects: "project",
  tasks: "task",
  notes: "note",
};

const verbs = { create: "New", update: "Changed", delete: "Deleted" } as const;

/** `task “Order a filter”`. */
function nameOf({ table, mine, base }: OpView): string {
  const values = { ...base, ...mine };
  const name = values["text"] ?? values["name"] ?? values["body"];
  const quoted = typeof name === "string" ? ` “${name}”` : "";
  return `${things[table] ?? table}${quoted}`;
}

/** `New task “Order a filter”`. */
const describe = (issue: OpView): string =>
  `${verbs[issue.kind]} ${nameOf(issue)}`;

/** What the emitted components say, in this app's words. */
export const texts: Partial<SyncTexts> = {
  failedEdit: describe,
  reasons: {
    ...englishTexts.reasons,
    "missing-reference": "What it belongs to was deleted in the meantime.",
  },
  supersededEdit: (issue) =>
    `${issue.kind === "delete" ? "Not deleted" : "Not changed"}, the office was quicker: ${nameOf(issue)}`,
  conflictTitle: (table) =>
    `This ${things[table] ?? table} was changed in two places`,
  fieldName: (table, field) =>
    table === "notes" && field === "body"
      ? "Text"
      : englishTexts.fieldName(table, field),
};
