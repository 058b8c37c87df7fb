/** Compiled by `tsc`, never run: every `@ts-expect-error` must stand above a line that does not compile. */
import type {
  FunctionArgs,
  FunctionReturnType,
  GenericMutationCtx,
  GenericQueryCtx,
} from "convex/server";
import type { api } from "../server/fixture/convex/_generated/api";
import type { DataModel, Doc } from "../server/fixture/convex/_generated/dataModel";
import { taskFields, type syncRules } from "../server/fixture/convex/syncTables";
import type { PullReply, Scope } from "../server/fixture/convex/syncEngine/shared/protocol";
import type { createReader } from "../server/fixture/convex/syncEngine/readers";
import { syncedTable } from "../server/fixture/convex/syncEngine/tables";
import type { createWriters } from "../server/fixture/convex/syncEngine/writers";

export const scopes = (scopeId: string): readonly Scope<"workspace">[] => [
  { scope: "workspace", scopeId, access: "read" },
  // @ts-expect-error: no scope of the project
  { scope: "workspce", scopeId, access: "read" },
];

type Upsert = FunctionArgs<typeof api.sync.upsertTask>;

export const given: Upsert = {
  clientId: "1",
  fields: { text: "call", priority: "high", project: null },
};
// @ts-expect-error: no value of that choice
export const wrongChoice: Upsert = { clientId: "1", fields: { priority: "highest" } };
// @ts-expect-error: no such field
export const unknownField: Upsert = { clientId: "1", fields: { txt: "call" } };
// @ts-expect-error: a required field is never taken away
export const emptied: Upsert = { clientId: "1", fields: { text: null } };
// @ts-expect-error: whose row it is does not come from the caller
export const owned: Upsert = { clientId: "1", fields: {}, userId: "2" };

export const page = (reply: FunctionReturnType<typeof api.sync.getTaskChangesSince>): PullReply =>
  reply;

export async function read({ db }: GenericQueryCtx<DataModel>): Promise<void> {
  const ofProject = db.query("tasks").withIndex("by_project", (q) => q.eq("project", "1"));
  for (const task of await ofProject.collect()) {
    // @ts-expect-error: it may be a tombstone, which has no content
    task.text satisfies string;
    if (task.deletedAt === null) {
      task.text satisfies string;
      task.priority satisfies "low" | "normal" | "high";
      task.project satisfies string | undefined;
    }
  }
  db.query("tasks").withIndex("by_client_id", (q) => q.eq("clientId", "1").eq("userId", "2"));
  // @ts-expect-error: no such index
  db.query("tasks").withIndex("by_nothing");
  // @ts-expect-error: not a field of the index
  db.query("tasks").withIndex("by_project", (q) => q.eq("text", "1"));
}

export const misspelt = syncedTable(taskFields, {
  // @ts-expect-error: no field of the table
  by_nothing: ["nothing"],
});
// @ts-expect-error: an index has a field
export const empty = syncedTable(taskFields, { by_nothing: [] });
/** Convex's own kinds of indexes go on top. */
export const searched = syncedTable(taskFields, { by_project: ["project"] }).searchIndex(
  "by_text",
  {
    searchField: "text",
  },
);

export const id = ({ _id }: Doc<"tasks">): Doc<"tasks">["_id"] => _id;

/** A table that Convex stores under another name. */
type Renamed = { readonly jobs: (typeof syncRules)["tasks"] & { readonly storedAs: "tasks" } };
declare const synced: ReturnType<typeof createWriters<DataModel, Renamed>>;
declare const readRow: ReturnType<typeof createReader<DataModel, Renamed>>;

export async function writeRenamed(ctx: GenericMutationCtx<DataModel>): Promise<void> {
  const jobs = synced(ctx, "jobs");
  await jobs.insert({ text: "call", priority: "high" });
  // @ts-expect-error: no value of that choice
  await jobs.insert({ text: "call", priority: "highest" });
  // @ts-expect-error: no synced table has the name
  synced(ctx, "tasks");
  const shown = readRow("jobs", await ctx.db.query("tasks").first());
  shown?.text satisfies string | undefined;
  // @ts-expect-error: a document of another table
  readRow("jobs", await ctx.db.query("projects").first());
}
