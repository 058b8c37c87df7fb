import { describe, expect, it } from "vitest";
import type { GenerateResult } from "../generateResult";
import type { Change } from "../output/changes";
import { type Purpose, toCommandResult } from "./runResult";

function answer(
  changes: readonly Change[],
  {
    purpose = "dry-run",
    verbose = false,
    allowDataLoss = false,
  }: { purpose?: Purpose; verbose?: boolean; allowDataLoss?: boolean } = {},
): { readonly lines: readonly string[]; readonly json: Readonly<Record<string, unknown>> } {
  const result: GenerateResult = {
    status: "changed",
    changes,
    diagnostics: [],
    fileCount: 9,
    model: null,
    inputs: [],
  };
  const { lines, json } = toCommandResult(result, purpose, { verbose, allowDataLoss });
  return { lines: lines.map((line) => (typeof line === "string" ? line : line.text)), json };
}

const migration: Change = {
  kind: "create",
  path: "src/db/migrations/0001_add_tasks_note.sql",
  text: "ALTER TABLE `tasks` ADD `note` text;--> statement-breakpoint\n\tSELECT 1;\n",
};
const copied = Array.from({ length: 30 }, (_, index): Change => ({
  kind: "create",
  path: `src/sync/file${index}.ts`,
  text: "",
}));
const edit: Change = {
  kind: "edit",
  path: "App.tsx",
  text: "",
  purposes: ["wraps the app in OfflineProvider in App.tsx"],
  created: false,
};

describe("a run that would change something", () => {
  it("names the user's files and the migration first, and shows the migration's SQL", () => {
    expect(answer([...copied, migration, edit]).lines).toEqual([
      "32 files would be written.",
      "  creates  src/db/migrations/0001_add_tasks_note.sql",
      "  edits    App.tsx (wraps the app in OfflineProvider)",
      ...Array.from({ length: 17 }, (_, index) => `  creates  src/sync/file${index}.ts`),
      "  and 13 files more (--verbose names them)",
      "src/db/migrations/0001_add_tasks_note.sql",
      "  ALTER TABLE `tasks` ADD `note` text;--> statement-breakpoint",
      "    SELECT 1;",
    ]);
    expect(answer([migration]).json).toMatchObject({ changes: [{ sql: migration.text }] });
  });

  it("does not show the SQL of a migration that moves with its folder", () => {
    const initial = "db/migrations/0000_initial.sql";
    const moved: readonly Change[] = [
      { kind: "create", path: `src/offline/${initial}`, text: "CREATE TABLE `tasks` (`id` text);" },
      { kind: "delete", path: `src/${initial}` },
    ];
    expect(answer([...moved, migration]).lines.filter((line) => /TABLE/.test(line))).toEqual([
      "  ALTER TABLE `tasks` ADD `note` text;--> statement-breakpoint",
    ]);
  });

  it.each<[Purpose, string]>([
    ["generate", "1 file written."],
    ["check", "Not up to date: `sync-gen generate` would write 1 file."],
  ])("%s names the migration alone", (purpose, headline) => {
    expect(answer([migration], { purpose }).lines).toEqual([
      headline,
      "  creates  src/db/migrations/0001_add_tasks_note.sql",
    ]);
  });
});

it("names the flag with the command that would be refused without it", () => {
  expect(answer([migration], { purpose: "check", allowDataLoss: true }).lines[0]).toBe(
    "Not up to date: `sync-gen generate --allow-data-loss` would write 1 file.",
  );
});

describe("a run that only notes an edit that the user keeps", () => {
  it.each<[Purpose, string]>([
    ["generate", "1 edit kept."],
    ["dry-run", "1 edit would be kept."],
    ["check", "Not up to date: edits that you keep are to be noted by `sync-gen generate`."],
  ])("%s says so, and not that nothing is written", (purpose, headline) => {
    expect(answer([{ kind: "keep", path: "src/a.ts" }], { purpose }).lines).toEqual([
      headline,
      "  keeps    src/a.ts (your edit)",
    ]);
  });
});

describe("a long diff", () => {
  const diff = Array.from({ length: 100 }, (_, index) => `+line ${index}`).join("\n");
  const conflict: Change = { kind: "conflict", path: "src/a.ts", reason: "edited", diff };

  it("is cut, with a count of what is left out, unless all is asked for", () => {
    const { lines } = answer([conflict], { purpose: "check" });
    expect(lines.slice(-2)).toEqual(["+line 59", "  and 40 lines more (--verbose shows them)"]);
    expect(answer([conflict], { verbose: true }).lines.at(-1)).toBe("+line 99");
  });

  it("is whole for programs", () => {
    expect(answer([conflict]).json).toMatchObject({ changes: [{ diff }] });
  });

  it("leaves out the diffs of texts that nobody knows whose they are, of which there may be hundreds", () => {
    const unrecorded: Change = { ...conflict, reason: "unrecorded" };
    expect(answer([unrecorded]).lines.join()).not.toContain("+line");
    expect(answer([unrecorded], { verbose: true }).lines.at(-1)).toBe("+line 99");
  });
});
