// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Change sync.config.ts instead; an edit of this file stays with npx sync-gen generate --keep-edits.

import { describe, expect, it } from "vitest";
import { api } from "../_generated/api";
import { abuseCases } from "../syncEngine/testing/abuse.cases";
import {
  openDevices,
  type SyncTable,
} from "../syncEngine/testing/device.setup";
import { project } from "./project.setup";

const table: SyncTable = {
  ...project,
  table: "visits",
  schemaVersion: 1,
  changesAtOnce: 1200,
  changesSince: api.sync.getVisitChangesSince,
  all: api.sync.getAllVisitsForUser,
  upsert: api.sync.upsertVisit,
  remove: api.sync.removeVisit,
};

describe("visits", () => {
  for (const { title, run } of Object.values(abuseCases))
    it(title, () => run(table));

  it("keeps the edit that arrives last, however old it is", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { place: "first edit" }, 60);
    await phone.edit(row, { place: "second edit" }, 30);
    expect(await phone.read(row)).toMatchObject({ place: "second edit" });
  });
});
