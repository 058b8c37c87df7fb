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
  table: "settings",
  changesSince: api.sync.getSettingChangesSince,
  all: api.sync.getAllSettingsForUser,
  upsert: api.sync.upsertSetting,
  remove: api.sync.removeSetting,
};

describe("settings", () => {
  for (const abuse of Object.values(abuseCases))
    it(abuse.title, () => abuse.run(table));

  it("deletes a row on all of the user's devices", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await phone.remove(row);
    expect(await tablet.read(row)).toBeNull();
  });
});
