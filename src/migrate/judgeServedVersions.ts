import type { Diagnostic } from "../kernel/diagnostic";
import type { History } from "./history";

/** Says when a new schema version leaves apps behind for no other reason than that the server counts so few versions back. */
export function judgeServedVersions(
  before: Pick<History, "schemaVersion" | "upgrades">,
  schemaVersion: number,
  accepts: number,
): readonly Diagnostic[] {
  // What could not be served for the rows' sake (SG316) was said when it happened.
  const ended = before.upgrades.filter(({ tables }) =>
    Object.values(tables).some(({ unserved }) => unserved === true),
  );
  const served = Math.max(1, before.schemaVersion - accepts, ...ended.map(({ to }) => to));
  const oldest = schemaVersion - accepts;
  if (schemaVersion === before.schemaVersion || oldest <= served) return [];
  const versions =
    oldest - served === 1 ? `version ${served}` : `the versions ${served} to ${oldest - 1}`;
  return [
    {
      code: "SG319",
      severity: "warning",
      message: `Schema version ${schemaVersion}: once it is deployed, apps of ${versions} are no longer served (accepts: ${accepts}).`,
      path: ["server", "accepts"],
      hint: `They keep their edits, ask for an update and send them after it. Does a released app have ${versions}? Raise \`server.accepts\` to ${schemaVersion - served} or more.`,
    },
  ];
}
