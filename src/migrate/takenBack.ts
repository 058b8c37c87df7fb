import type { Diagnostic } from "../kernel/diagnostic";
import { restoreCommands } from "./history";
import type { Migration } from "./migrationFolder";
import { migrationHash, readMigrationHashes } from "./migrationsModule";

/** A text of a file, and the commit that made it so. */
export interface CommittedVersion {
  readonly commit: string;
  readonly text: string;
}

/** What tells whether a change that was made and migrated is taken back. */
export interface TakenBackInput {
  readonly existing: readonly Migration[];
  /** What would be made now. */
  readonly added: Migration;
  readonly folder: string;
  /** Every `migrations.ts` that the commit goes back to which is checked out, the newest first. */
  readonly versions: readonly CommittedVersion[];
  readonly allowDataLoss: boolean;
}

/**
 * A migration that was committed, and that `git revert` took away again: devices that ran it would find another one under its number, and refuse
 * their database. Whether any did, git does not say. Of two branches neither list begins with the whole of the other, so a merge is none.
 */
export function judgeTakenBack(input: TakenBackInput): readonly Diagnostic[] {
  const { existing, added, folder, versions, allowDataLoss } = input;
  for (const { commit, text } of versions) {
    const entries = [...readMigrationHashes(text)];
    const former = entries[existing.length];
    const goesOn = existing.every((one, index) => isOne(one, entries[index]));
    if (former === undefined || !goesOn || isOne(added, former)) continue;
    const file = `${folder}/${former[0]}.sql`;
    return [
      {
        code: "SG323",
        severity: allowDataLoss ? "warning" : "error",
        message: `${file} was committed and taken back, and "${added.entry.tag}" gets its number: devices that ran it refuse their database.`,
        ...(allowDataLoss ? {} : { hint: waysOut(commit, folder) }),
      },
    ];
  }
  return [];
}

/** Versions of sync-gen that kept no hashes left a tag alone. */
function isOne(
  { entry, sql }: Migration,
  [tag, hash]: readonly [string, string | null] = ["", null],
): boolean {
  return tag === entry.tag && (hash === null || hash === migrationHash(sql));
}

function waysOut(commit: string, folder: string): string {
  return (
    "If an app with it reached anybody, testers too, keep it: the change is taken back by a migration after it.\n" +
    `1. ${restoreCommands(commit, folder).join("\n   ")}\n` +
    "2. `sync-gen generate --allow-data-loss`\n" +
    "If no device ran it, the second step alone gives its number away."
  );
}
