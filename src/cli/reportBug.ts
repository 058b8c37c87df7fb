import { builtFrom } from "../builtFrom";
import type { Terminal } from "./terminal";

/** Says that an exception reached the top, which is always a bug of ours, and how to report it. */
export function reportBug(error: unknown, words: readonly string[], terminal: Terminal): void {
  const message = error instanceof Error ? error.message : String(error);
  const details = error instanceof Error ? (error.stack ?? message) : message;
  const { version } = builtFrom();
  if (words.includes("--json")) {
    const diagnostic = { code: "SG900", severity: "error", message, hint: howToReport };
    terminal.out(
      `${JSON.stringify({ command: words[0] ?? "", exitCode: 70, diagnostics: [diagnostic] }, null, 2)}\n`,
    );
  }
  terminal.err(
    [
      `SG900 A bug in sync-gen, not in your project: ${message}`,
      `  hint: ${howToReport}`,
      "",
      `sync-gen ${version}, Node ${process.version}, ${process.platform} ${process.arch}: sync-gen ${words.join(" ")}`,
      details,
      "",
    ].join("\n"),
  );
}

const howToReport =
  "Please open an issue in the repository of sync-gen with the lines below, and your sync.config.ts if you can share it.";
