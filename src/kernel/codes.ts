interface Code {
  /** What is wrong in general, as a headline. */
  readonly title: string;
  /** What to do. */
  readonly remedy: string;
}

function code(title: string, remedy: string): Code {
  return { title, remedy };
}

/**
 * Every code that is reported about anything but what the config says (`config/codes.ts` has those, SG1xx and SG2xx). Codes are stable: a
 * number is never used again for something else.
 */
export const projectCodes = {
  // migrations
  SG301: code(
    "A new field is required and has no default",
    "`.default(…)` with the value that existing rows should have, or `.optional()`.",
  ),
  SG302: code("A table is gone", "`renamedFrom` on the new one, or `--allow-data-loss`."),
  SG303: code(
    "A field is gone, or moved between device and server",
    '`.renamedFrom("old")`, or `--allow-data-loss`.',
  ),
  SG304: code(
    "A field is of another kind, or narrower than before",
    "A new field beside the old one, or `--allow-data-loss`.",
  ),
  SG305: code("A choice is gone", "Keep it, or `--allow-data-loss`."),
  SG306: code("Two things claim the same former name, or it is still there", "Rename one from it."),
  SG307: code("`renamedFrom` names what was never generated", "Check the spelling."),
  SG308: code(
    "The natural key changed: rows that exist keep the ids that were made of the former one",
    "A table with the new key, or `--allow-data-loss`.",
  ),
  SG309: code("A default holds the text at which migrations are cut", "Another default."),
  SG310: code(
    "The migrations folder has migrations, but `.sync-gen/history.json` is missing",
    "Restore it from version control; move migrations that are not sync-gen's out of the folder.",
  ),
  SG311: code("`.sync-gen/history.json` is damaged", "Restore it from version control."),
  SG312: code("The journal of the migrations is damaged", "Restore it from version control."),
  SG313: code(
    "A migration or its snapshot is missing or damaged",
    "Restore it from version control.",
  ),
  SG314: code(
    "Migrations of two branches, or merge-conflict markers",
    "[Two branches](upgrading.md#two-branches-that-both-change-the-schema).",
  ),
  SG315: code("The history was written by a newer sync-gen", "Update sync-gen."),
  SG316: code(
    "Apps of earlier versions can no longer hold the rows, and stop syncing until they are updated",
    "Leave the field required until those apps are gone.",
  ),
  SG317: code(
    "A migration is not what it was when it was generated",
    "Restore it from version control; what you want to add belongs in a migration after it.",
  ),
  SG318: code(
    "`.sync-gen/history.json` and the migrations are of two commits",
    "Restore `.sync-gen` and the migrations folder from one commit.",
  ),
  SG319: code(
    "A new schema version ends the service of apps that are too many versions behind",
    "Raise `server.accepts` while such apps are in use; see [old apps](upgrading.md#old-apps).",
  ),
  SG320: code(
    "A migration is left of a generate that was undone: no journal lists it",
    "Remove it, as the message says.",
  ),
  SG321: code(
    "A migration of your own has no statement, or several between two breakpoints",
    "One statement a part; a line `--> statement-breakpoint` between them.",
  ),
  SG322: code(
    "The next migration would delete, or fail because of, what SQL of your own made of a synced table",
    "Take it away in a migration before, make it again in one after; the message has the steps.",
  ),
  SG323: code(
    "A migration that was committed is taken back, and another would get its number",
    "[Taking back](upgrading.md#taking-back-a-released-change): keep it and go on from it; or `--allow-data-loss`, if no device ran it.",
  ),
  SG324: code(
    "SQL of your own of the other branch goes on under another number",
    "Read whether it still does there what it should.",
  ),
  SG325: code(
    "The `scope` of a table was added, removed or changed",
    "A new table with it, into which a function of your own copies the rows; the message has the steps.",
  ),
  // output
  SG401: code(
    "`.sync-gen/manifest.json` is damaged",
    "Restore it from version control. `--force` writes everything anew, without the edits that you keep.",
  ),
  SG402: code(
    "The manifest holds merge-conflict markers, and git has no two sides of it",
    "Take either side from version control, finish the merge of the config, then `generate --keep-edits`.",
  ),
  SG403: code("The manifest was written by a newer sync-gen", "Update sync-gen."),
  SG405: code("A path leads out of the project", "Remove the link, or choose another `out`."),
  SG406: code("A file could not be read or written", "See the reason: rights, a full disk."),
  SG407: code(
    "Another sync-gen is writing here",
    "Wait; the message says which file to remove when there is none.",
  ),
  SG408: code("A run was interrupted", "`sync-gen generate` completes it."),
  SG409: code("A file was saved while sync-gen was at work. Nothing was changed", "Run it again."),
  SG410: code(
    "Prettier could not format an emitted file",
    "Check the project's Prettier configuration and plug-ins.",
  ),
  SG411: code(
    "You edited a file that would change. Yours stays",
    "`generate --keep-edits` merges both; `--force` replaces yours.",
  ),
  SG412: code(
    "You edited an emitted file. Yours stays",
    "`generate --keep-edits` keeps it; `--force` replaces it.",
  ),
  SG413: code("A file is no longer emitted, and you edited it. It stays", "Remove it."),
  SG414: code(
    "A file that sync-gen did not write is in the way",
    "Move it, or choose another `out`.",
  ),
  SG415: code(
    "An emitted file holds merge-conflict markers",
    "Finish the merge of the config, then `generate --keep-edits`.",
  ),
  SG416: code(
    "`.sync-gen/manifest.json` is missing, or of another commit than the emitted files",
    "Restore it from version control, or `generate --force`.",
  ),
  SG417: code(
    "You edited lines that would change. Yours stay",
    "Take what would be emitted there, `generate --keep-edits`, edit these lines again, `generate --keep-edits`.",
  ),
  SG418: code(
    "You edited a file that would change, and the text from before your edit is nowhere to merge with",
    "Commit and delete the file, generate, edit it again, `generate --keep-edits`.",
  ),
  SG419: code(
    "The files were emitted by a newer sync-gen than this one",
    "`npm install`; `generate --force` emits with this one.",
  ),
  SG420: code(
    "An emitted file is left of a generate that was undone",
    "Remove it, as the message says.",
  ),
  // project edits and doctor
  SG501: code("A file of yours could not be edited safely", "Paste the text that is shown."),
  SG510: code("`convex/schema.ts` has a table of this name already", "Rename one of them."),
  SG520: code("Node is too old", "Node ≥ 20.19."),
  SG521: code("No package depends on expo", "Run it in the root of the project."),
  SG522: code("Another Expo SDK than the one that is tested", "Run your tests after upgrades."),
  SG523: code("A package is not listed in package.json", "Run the command in the hint."),
  SG524: code("Packages are listed, and not installed", "Install."),
  SG525: code("A package is too old, or newer than known", "Run the command in the hint."),
  SG526: code("Several versions of one package", "One version everywhere, then install again."),
  SG527: code(
    "The app is not wired: provider, plug-in, Metro",
    "`sync-gen init`, or paste the text that is shown.",
  ),
  SG528: code(
    "What `generate` wires is not: schema, crons, rate limiter, sync in the background",
    "`sync-gen generate`, or paste the text that is shown.",
  ),
  SG529: code("A function writes to a synced table without a stamp", 'Use `synced(ctx, "…")`.'),
  SG530: code("The start of the app was not found", "Wrap it in `<OfflineProvider>`."),
  SG531: code("There is no app.json", 'Add the plug-in "expo-sqlite".'),
  SG532: code(
    "What is emitted is not what the config says",
    "`sync-gen generate`; with an edit by hand, `--force`.",
  ),
  SG533: code(
    "A file of yours looks for emitted code in a folder that it has left",
    "Correct the path as the message says.",
  ),
  SG534: code(
    "Convex deploys another folder than `server.out`",
    "`functions` in `convex.json`, or `server.out`, has to name the other one.",
  ),
  SG535: code(
    "Files of yours stay in a former folder",
    "Move them to the new one; of `syncUser.ts`, `syncScopes.ts` and `connectInBackground.ts`, what you wrote in it.",
  ),
  SG536: code(
    "`syncUser.ts` takes every session of Convex Auth for another user",
    "Return what `getAuthUserId` says; the message has the text.",
  ),
  SG537: code(
    "The app does not say whether Android may back it up",
    "`android.allowBackup` in `app.json`; [why](security.md).",
  ),
  SG538: code(
    "The sync in the background is gone from the config, and not from builds",
    "Remove what the message names, and make a new build.",
  ),
  SG539: code(
    "Tables have a scope, and no function makes anybody a member of one",
    "`setMember` of `syncEngine/members` in the mutation that makes a workspace, say, or memberships of your own in `syncScopes.ts`.",
  ),
  // the command line
  SG900: code(
    "A bug of sync-gen; the message says how to report it",
    "The message says how to report it; nothing is left half-written.",
  ),
  SG901: code("There is no such command", "`sync-gen --help` lists the commands."),
  SG902: code("The command has no such flag", "`sync-gen <command> --help` lists the flags."),
  SG903: code(
    "An argument is missing, given twice, or has a value that it cannot have",
    "The message says what would be right.",
  ),
  SG904: code("No completion for that shell", "bash, zsh and fish have one."),
  SG905: code(
    "`--cwd` or `--config` leads nowhere",
    "Correct the path; it is relative to the folder that you are in.",
  ),
  SG906: code(
    "Two flags that do not go together: `--watch` and `--json` or `--dry-run`, `--force` and `--keep-edits`",
    "Leave one of them out.",
  ),
  SG907: code("`explain`: no such table, scope or policy", "The message lists all."),
  SG920: code(
    "`--field`: it cannot be read",
    "`name:kind`, then `?` for an optional field or `=value` for a default.",
  ),
  SG921: code("`--field`: not a name", "A letter, then letters, digits and `_`."),
  SG922: code(
    "`--field`: no such kind",
    "text, integer, real, boolean, timestamp, json, choice, reference.",
  ),
  SG923: code(
    "`--field`: choices or the table of a reference are missing, or parentheses where none belong",
    "`priority:choice(low,high)`, `project:reference(projects)`.",
  ),
  SG924: code("`--field`: not a default for that kind", "A value of the kind."),
  SG925: code("`--field`: the same field twice", "Name each field once."),
  SG930: code("`add-table`: the table is there already", "`sync-gen add-field` extends it."),
  SG931: code("`add-field`: there is no such table", "`sync-gen list` names the tables."),
  SG932: code("`add-field`: the field is there already", "Edit it in the config."),
  SG933: code(
    "A reference to a table that is not there",
    "Add that table first, or correct its name.",
  ),
  SG934: code("`add-table` without a field", "`--field title:text`."),
  SG935: code("`--operations` cannot be read", "create, update, delete, separated by commas."),
  SG940: code(
    "`init`: no package depends on expo",
    "Run it in the root of a project with an Expo app.",
  ),
  SG941: code("Cancelled; nothing was written", "Run the command again."),
  SG942: code(
    "`init`: several packages depend on expo, and nobody can be asked",
    "Say which: `sync-gen init --app apps/native`.",
  ),
  SG943: code(
    "`init`: `--app` or `--out` say something else than the config that is there",
    "Leave it out, or edit `client.out` in the config.",
  ),
  SG944: code(
    "`init`: the folder is a package of a workspace",
    "Run it in the root of the workspace; `--cwd .` says that this folder is meant.",
  ),
} as const satisfies Record<`SG${3 | 4 | 5 | 9}${number}`, Code>;

/** A code that is registered here. */
export type ProjectCode = keyof typeof projectCodes;
