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
  table: "prices",
  changesSince: api.sync.getPriceChangesSince,
  all: api.sync.getAllPricesForUser,
  upsert: api.sync.upsertPrice,
  remove: null,
};

describe("prices", () => {
  for (const abuse of Object.values(abuseCases))
    it(abuse.title, () => abuse.run(table));

  it("gives an edit of an outdated row no effect", async () => {
    const { phone, tablet } = await openDevices(table);
    const row = await phone.row();
    await tablet.edit(row, { amount: 1001 });
    const late = await phone.edit(row, { amount: 1002 });
    expect(late.outcome).toBe("superseded");
    expect(await phone.read(row)).toMatchObject({ amount: 1001 });
  });
});
