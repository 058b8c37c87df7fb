import { appOf } from "../config/workspace";
import type { Diagnostic } from "../kernel/diagnostic";
import type { Project } from "./diagnoseProject";

/** Whether the app says if Android may back it up: a backup brings back what was erased at a sign-out. */
export function checkBackups({ files, workspace, config }: Project): readonly Diagnostic[] {
  const app = config && appOf(workspace, config.clientOut);
  const paths = [app?.appJson, app?.appScript].flatMap((path) => path ?? []);
  const [path] = paths;
  if (path === undefined) return [];
  if (paths.some((one) => /\ballowBackup\b/.test(files.read(one) ?? ""))) return [];
  return [
    {
      code: "SG537",
      severity: "info",
      message: `${path} does not say whether Android may back up the app: when it is installed again, a backup brings back accounts that were signed out and erased, and shows them without a sign-in.`,
      hint: 'Add `"android": { "allowBackup": false }`, or `true` when you want backups all the same.',
    },
  ];
}
