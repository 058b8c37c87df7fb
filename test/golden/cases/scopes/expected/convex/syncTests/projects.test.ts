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
  table: "projects",
  changesSince: api.sync.getProjectChangesSince,
  all: api.sync.getAllProjectsForUser,
  upsert: api.sync.upsertProject,
  remove: api.sync.removeProject,
};

describe("projects", () => {
  for (const abuse of Object.values({ ...abuseCases, ...scopeCases }))
    it(abuse.title, () => abuse.run(table));

  it("keeps both of two edits of different fields", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { color: "first edit" });
    await phone.edit(row, { name: "second edit" });
    expect(await phone.read(row)).toMatchObject({
      color: "first edit",
      name: "second edit",
    });
  });
});
