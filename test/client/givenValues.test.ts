import { describe, expect, it } from "vitest";
import type { WireValue } from "../../templates/shared/protocol";
import { createFakeServer } from "./fakeServer";
import { createDevice, settle, startDevice, type Device } from "./world";

type Form = { text: string; details: { tags: string[] } };

const filledIn = (): Form => ({ text: "first", details: { tags: ["a"] } });

/** What forms do as soon as they are sent. */
function clear(form: Form): void {
  form.text = "";
  form.details.tags.push("b");
}

async function stored(device: Device, clientId: string) {
  return (await device.row("tasks", clientId))?.fields;
}

/** An op of `tasks` that the server refused, or that waits for a person. */
async function issueOf(device: Device): Promise<string> {
  await settle();
  const [issue] = await device.sync.issues();
  return issue?.opId ?? "";
}

describe("values are those of the moment in which they were given", () => {
  it("I19: of a create and an update, also while the database opens", async () => {
    const device = await createDevice({ server: createFakeServer(), online: false });
    const form = filledIn();
    const creating = device.sync.table("tasks").create(form);
    clear(form);
    const { clientId } = await creating;
    expect(await stored(device, clientId)).toMatchObject(filledIn());

    const changes = { ...filledIn(), text: "second" };
    const updating = device.sync.table("tasks").update(clientId, changes);
    clear(changes);
    await updating;
    expect(await stored(device, clientId)).toMatchObject({ ...filledIn(), text: "second" });
  });

  it("I19: of a batch, also while the database opens", async () => {
    const device = await createDevice({ server: createFakeServer(), online: false });
    const form = filledIn();
    const writing = device.sync.batch(({ tasks }) => void tasks.create(form));
    clear(form);
    const [created] = await writing;
    expect(await stored(device, created?.clientId ?? "")).toMatchObject(filledIn());
  });

  it("I19: of an edit of a refused op", async () => {
    const server = createFakeServer();
    server.invalid = () => true;
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("tasks").create({ text: "bad" });
    const opId = await issueOf(device);
    const form = filledIn();
    const editing = device.sync.edit(opId, form);
    clear(form);
    await editing;
    expect(await stored(device, clientId)).toMatchObject(filledIn());
  });

  it("I19: of what somebody chose for a conflict", async () => {
    const server = createFakeServer();
    const device = await startDevice({ server });
    const { clientId } = await device.sync.table("documents").create({ title: "a" });
    await settle();
    device.setOnline(false);
    await device.sync.table("documents").update(clientId, { title: "mine" });
    server.write("documents", clientId, { title: "theirs" });
    device.setOnline(true);
    const opId = await issueOf(device);
    const chosen = { title: "both" };
    const resolving = device.sync.resolve(opId, chosen);
    chosen.title = "";
    await resolving;
    expect((await device.row("documents", clientId))?.fields).toMatchObject({ title: "both" });
  });
});

describe("values that cannot be stored are refused as they were given, by a promise", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const nested = (levels: number): WireValue => (levels === 0 ? 1 : [nested(levels - 1)]);

  it.each([
    ["a list in itself", cyclic],
    ["a date", new Date(0)],
    ["undefined in a list", [undefined]],
    ["a hole at the end of a list", Object.assign([1], { length: 2 })],
    ["a key that every object has", JSON.parse(`{"__proto__": 1}`)],
    ["an object of a class", new Map([["a", 1]])],
    ["more levels than Convex takes", nested(16)],
  ])("%s", async (_name, value) => {
    // Types do not keep an app from it.
    const details = value as WireValue;
    const device = await createDevice({ server: createFakeServer(), online: false });
    const refusal = { code: "invalid-value", field: "tasks.details" };
    const tasks = device.sync.table("tasks");
    await expect(tasks.create({ text: "a", details })).rejects.toMatchObject(refusal);
    const { clientId } = await tasks.create({ text: "a", details: nested(15) });
    await expect(tasks.update(clientId, { details })).rejects.toMatchObject(refusal);
    expect(await stored(device, clientId)).toMatchObject({ details: nested(15) });
  });
});
