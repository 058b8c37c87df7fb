import * as fixture from "../server/fixture/convex/syncTables";
import { scopedPolicies, scopedRules } from "./scopedTables";

function ownOf<Of extends Readonly<Record<OwnTable, unknown>>>({
  projects,
  tasks,
  notes,
  places,
  contacts,
  readings,
  scores,
  drafts,
  settings,
}: Of): Pick<Of, OwnTable> {
  return { projects, tasks, notes, places, contacts, readings, scores, drafts, settings };
}

/** A table of the reference project whose rows are their user's own. */
export type OwnTable =
  | "projects"
  | "tasks"
  | "notes"
  | "places"
  | "contacts"
  | "readings"
  | "scores"
  | "drafts"
  | "settings";

/** The tables of the reference project, and those that people share. */
export const syncRules = { ...ownOf(fixture.syncRules), ...scopedRules };

/** How concurrent changes of each table are decided. */
export const syncPolicies = { ...ownOf(fixture.syncPolicies), ...scopedPolicies };
