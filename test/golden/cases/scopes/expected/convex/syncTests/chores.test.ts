// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { describe, expect, it } from "vitest";
import { api } from "../_generated/api";
import { abuseCases } from "../syncEngine/testing/abuse.cases";
import {
  openDevices,
  type SyncTable,
} from "../syncEngine/testing/device.setup";
import { setAccess } from "../syncEngine/testing/members.setup";
import { scopeCases } from "../syncEngine/testing/scope.cases";
import { deployment } from "./deployment.setup";
import { project } from "./project.setup";

const table: SyncTable = {
  setAccess,
  ...project,
  ...deployment,
  table: "chores",
  changesSince: api.sync.getChoreChangesSince,
  all: api.sync.getAllChoresForUser,
  upsert: api.sync.upsertChore,
  remove: null,
};

describe("chores", () => {
  for (const abuse of Object.values({ ...abuseCases, ...scopeCases }))
    it(abuse.title, () => abuse.run(table));

  it("never changes a row", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    const refused = await phone.edit(row, row.fields);
    expect(refused.outcome).toBe("rejected");
    expect(await tablet.read(row)).toEqual(row.fields);
  });
});
