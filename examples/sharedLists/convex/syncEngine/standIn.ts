// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { FieldRules } from "./shared/policy";
import type { WireValue } from "./shared/protocol";

/** The value that says least, for a required field that has none; `null` for kinds of which there is none. */
export function standInOf({
  kind,
  choices = [],
}: Pick<FieldRules, "kind" | "choices">): WireValue {
  switch (kind) {
    case "text":
      return "";
    case "integer":
    case "real":
    case "timestamp":
      return 0;
    case "boolean":
      return false;
    case "choice":
      return choices[0] ?? null;
    case "json":
    case "reference":
      return null;
  }
}
