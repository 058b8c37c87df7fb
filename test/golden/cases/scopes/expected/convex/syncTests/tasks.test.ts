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
  table: "tasks",
  changesSince: api.sync.getTaskChangesSince,
  all: api.sync.getAllTasksForUser,
  upsert: api.sync.upsertTask,
  remove: api.sync.removeTask,
};

describe("tasks", () => {
  for (const abuse of Object.values({ ...abuseCases, ...scopeCases }))
    it(abuse.title, () => abuse.run(table));

  it("keeps the edit that arrives last, however old it is", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { title: "first edit" }, 60);
    await phone.edit(row, { title: "second edit" }, 30);
    expect(await phone.read(row)).toMatchObject({ title: "second edit" });
  });
});
