import type { Diagnostic } from "../../kernel/diagnostic";
import { firstFew } from "../../kernel/text";
import { defineCommand, type Line } from "../command";

/** `sync-gen doctor`: what is wrong with the project, and what to do about it. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Looks for what keeps the project from syncing; each finding with its fix.",
  positionals: {},
  options: {},
  examples: [
    { command: "doctor", purpose: "versions, wiring, raw writes to synced tables, drift" },
    { command: "doctor --json", purpose: "the same, for a program" },
  ],
  async run(_values, context) {
    const { builtFrom } = await import("../../builtFrom");
    const { check, readModel } = await import("../../generate");
    const { detectWorkspace } = await import("../../config/workspace");
    const { diagnoseProject } = await import("../../doctor/diagnoseProject");
    const { historyPath, parseHistory } = await import("../../migrate/history");
    const { storedTables } = await import("../../migrate/storedNames");
    const { manifestPath, parseManifest } = await import("../../output/manifest");
    const { root, config, files, signal, progress } = context;

    progress("reading the project");
    const read = await readModel({ root, config });
    const model = read.ok ? read.value : null;
    const history = parseHistory(files.read(historyPath));
    const manifest = parseManifest(files.read(manifestPath));
    const emitted = manifest.ok
      ? [...Object.keys(manifest.value.files), ...manifest.value.once]
      : [];
    const found = diagnoseProject({
      files,
      workspace: detectWorkspace(files),
      nodeVersion: process.versions.node,
      toolVersion: builtFrom().version,
      config: model && {
        clientOut: model.client.out,
        serverOut: model.server.out,
        tables: storedTables(model.tables, history.ok ? history.value : null),
        tests: model.server.tests,
        rateLimit: model.server.rateLimit !== null,
        background: model.client.background !== null,
      },
      emitted: new Set(emitted),
    });
    progress("comparing with what was emitted");
    const drift = read.ok ? driftOf(await check({ root, config, progress, signal })) : [];
    const findings = unique([...read.diagnostics, ...found, ...drift]);
    const bad = findings.filter((finding) => finding.severity !== "info").length;
    return {
      exitCode: bad === 0 ? 0 : 1,
      lines: summary(findings, bad),
      json: { findings: bad },
      diagnostics: findings,
    };
  },
});

interface Checked {
  readonly status: string;
  readonly changes: readonly { readonly path: string; readonly kind: string }[];
  readonly diagnostics: readonly Diagnostic[];
}

function driftOf({ status, changes, diagnostics }: Checked): readonly Diagnostic[] {
  if (status === "unchanged" || status === "failed") return diagnostics;
  const paths = changes.filter(({ kind }) => kind !== "manual").map(({ path }) => path);
  // What is left to paste was found with the wiring already.
  if (paths.length === 0) return diagnostics.filter(({ code }) => code !== "SG501");
  return [
    ...diagnostics,
    {
      code: "SG532",
      severity: "error",
      message: `What is emitted is not what the config says: ${firstFew(paths)}.`,
      hint: hintFor(new Set(diagnostics.map(({ code }) => code))),
    },
  ];
}

function hintFor(codes: ReadonlySet<string>): string {
  if (codes.has("SG416"))
    return "Restore `.sync-gen/manifest.json`, or run `sync-gen generate --force`.";
  if (codes.has("SG411") || codes.has("SG412"))
    return "Run `sync-gen generate --keep-edits`, which keeps edits by hand; `--force` replaces them.";
  return "Run `sync-gen generate`.";
}

/** The same mistake may be found by reading the config and by planning from it. */
function unique(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((one) => {
    const key = JSON.stringify([one.code, one.message, one.location]);
    return seen.has(key) ? false : seen.add(key);
  });
}

function summary(findings: readonly Diagnostic[], bad: number): readonly Line[] {
  if (findings.length === 0) return [{ style: "good", text: "Everything is in order." }];
  return bad === 0
    ? [{ style: "good", text: "Everything is in order, with notes." }]
    : [
        {
          style: "warning",
          text: `${bad} ${bad === 1 ? "finding" : "findings"}, each with its fix.`,
        },
      ];
}
