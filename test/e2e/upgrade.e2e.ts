import { join } from "node:path";
import type { LoopbackOptions } from "../loopback/deployment";
import { expect, test } from "vitest";
import { nextRelease } from "./exports";
import { prepareScene } from "./scene";

/** The functions of the next release; devices still run the last one. */
const at = (path: string) => import(/* @vite-ignore */ join(nextRelease.project, path));
const nextSchema = ((await at("convex/schema.ts")) as { default: LoopbackOptions["schema"] })
  .default;
const modules = {
  "../convex/_generated/api.js": () => at("convex/_generated/api.js"),
  "../convex/sync.ts": () => at("convex/sync.ts"),
  "../convex/office.ts": () => at("convex/office.ts"),
  "../convex/crons.ts": () => at("convex/crons.ts"),
};

const scene = prepareScene(() => ({ schema: nextSchema, modules }));

test("an update of the app keeps queued edits: the new version migrates the database and sends them", async () => {
  const { play, office, openSignedIn } = scene();
  const project = await office.addProject("Harbour");
  await office.addTask("Inspect the pump", project);
  // The server was deployed first, as always; the device still runs the old version.
  const phone = await openSignedIn();
  await phone.setOffline(true);
  await phone.addTask("Order a filter", { project: "Harbour" });
  await phone.rewordTask("Inspect the pump", "Pump inspected");
  await phone.waitForStatus("Offline, 2 changes waiting to be sent");

  play.serve(nextRelease.web);
  await phone.page.reload();
  await phone.waitForStatus("Offline, 2 changes waiting to be sent");
  await phone.task("Order a filter").waitFor();
  await phone.setOffline(false);
  await phone.waitForStatus("Everything is saved");
  const rows = await office.tasks();
  expect(rows.map(({ fields }) => fields)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ text: "Order a filter", place: "on site", project }),
      expect.objectContaining({ text: "Pump inspected", place: "on site", project }),
    ]),
  );
});
