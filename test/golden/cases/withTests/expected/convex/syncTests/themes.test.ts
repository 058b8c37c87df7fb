// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { describe, expect, it } from "vitest";
import { api } from "../_generated/api";
import { abuseCases } from "../syncEngine/testing/abuse.cases";
import {
  openDevices,
  type SyncTable,
} from "../syncEngine/testing/device.setup";
import { deployment } from "./deployment.setup";
import { project } from "./project.setup";

const table: SyncTable = {
  ...project,
  ...deployment,
  table: "themes",
  changesSince: api.sync.getThemeChangesSince,
  all: api.sync.getAllThemesForUser,
  upsert: api.sync.upsertTheme,
  remove: api.sync.removeTheme,
};

describe("themes", () => {
  for (const abuse of Object.values(abuseCases))
    it(abuse.title, () => abuse.run(table));

  it("answers an edit with the row that every device reads", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { name: "first edit" });
    const answer = await phone.edit(row, { name: "second edit" });
    expect(await tablet.read(row)).toEqual(answer.row?.fields);
  });
});
