import { gt, valid } from "semver";
import type { Diagnostic } from "../kernel/diagnostic";
import { type Manifest, manifestPath } from "./manifest";

/** What keeps this sync-gen from putting back what a newer one emitted; `null` where none did. */
export function newerTool({ tool }: Manifest, version: string): Diagnostic | null {
  if (!isNewerTool(tool, version)) return null;
  return {
    code: "SG419",
    severity: "error",
    message: `This project was emitted by sync-gen ${tool}, and this is ${version}, which would put every file back to what it was before.`,
    location: { file: manifestPath, line: 1, column: 1 },
    hint: "Install what the project's package.json asks for (`npm install`), so that everybody emits with the same version. `sync-gen generate --force` emits with this one.",
  };
}

/** Whether a manifest's `tool` is a later version than another; a manifest that is empty names none. */
export function isNewerTool(tool: string, version: string): boolean {
  return valid(tool) !== null && (valid(version) === null || gt(tool, version));
}
