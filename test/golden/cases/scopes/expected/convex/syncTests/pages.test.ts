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
  table: "pages",
  changesSince: api.sync.getPageChangesSince,
  all: api.sync.getAllPagesForUser,
  upsert: api.sync.upsertPage,
  remove: api.sync.removePage,
};

describe("pages", () => {
  for (const abuse of Object.values({ ...abuseCases, ...scopeCases }))
    it(abuse.title, () => abuse.run(table));

  it("leaves two edits of one field to the user", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { title: "first edit" });
    const other = await phone.edit(row, { title: "second edit" });
    expect(other.outcome).toBe("conflict");
    expect(await phone.read(row)).toMatchObject({ title: "first edit" });
  });
});
