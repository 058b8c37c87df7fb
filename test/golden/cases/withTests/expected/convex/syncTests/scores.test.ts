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
  table: "scores",
  changesSince: api.sync.getScoreChangesSince,
  all: api.sync.getAllScoresForUser,
  upsert: api.sync.upsertScore,
  remove: api.sync.removeScore,
};

describe("scores", () => {
  for (const abuse of Object.values(abuseCases))
    it(abuse.title, () => abuse.run(table));

  it("never lowers points", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { points: 1002 });
    await phone.edit(row, { points: 1001 });
    expect(await phone.read(row)).toMatchObject({ points: 1002 });
  });
});
