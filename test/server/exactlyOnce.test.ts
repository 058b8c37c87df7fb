import { describe, expect, it } from "vitest";
import { api, internal } from "./fixture/convex/_generated/api";
import {
  accepted,
  deploy,
  Device,
  newUuid,
  pullAll,
  signIn,
  task,
  type Deployment,
  type Session,
} from "./harness";

const tasksOf = async (session: Session) =>
  (await pullAll(session, api.sync.getAllTasksForUser, null)).rows;

const receiptsOf = (deployment: Deployment) =>
  deployment.run((ctx) => ctx.db.query("syncReceipts").collect());

describe("a batch that arrives again (I2)", () => {
  it("is answered with the same results and the same stamp, and changes nothing (B1)", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    const clientId = newUuid();
    const batch = device.batch([
      device.op({ table: "contacts", kind: "create", clientId, fields: { name: "Bo", visits: 1 } }),
      device.op({
        table: "contacts",
        kind: "update",
        clientId,
        fields: { visits: 2 },
        base: { visits: 1 },
      }),
      device.op({ table: "contacts", kind: "create", fields: {} }),
    ]);

    const first = accepted(await device.send(batch));
    const again = accepted(await device.send(batch));

    expect(again.stamp).toBe(first.stamp);
    expect(again.results.map(({ outcome, code, message }) => ({ outcome, code, message }))).toEqual(
      first.results.map(({ outcome, code, message }) => ({ outcome, code, message })),
    );
    expect(again.results[1]?.row?.stamp).toBe(first.stamp);
    expect(again.results[1]?.row?.fields["visits"]).toBe(2);
    expect(await receiptsOf(deployment)).toHaveLength(1);
  });

  it("does not overwrite what another device wrote since, and shows it (B2)", async () => {
    const ana = signIn(deploy(), "ana");
    const [phone, tablet] = [new Device(ana), new Device(ana)];
    const clientId = newUuid();
    const batch = phone.batch([
      phone.op({ table: "tasks", kind: "create", clientId, fields: task({ text: "old" }) }),
    ]);
    const { stamp } = accepted(await phone.send(batch));
    const later = await tablet.pushOne({
      table: "tasks",
      kind: "update",
      clientId,
      fields: { text: "new" },
      baseStamp: stamp,
    });

    const again = accepted(await phone.send(batch));

    expect(again.stamp).toBe(stamp);
    expect(again.results[0]?.row).toMatchObject({ stamp: later.stamp, fields: { text: "new" } });
    expect((await tasksOf(ana)).map(({ fields }) => fields["text"])).toEqual(["new"]);
  });

  it("with other content is stale and changes nothing (B6)", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const batch = device.batch([
      device.op({ table: "tasks", kind: "create", fields: task({ text: "mine" }) }),
    ]);
    await device.send(batch);
    const other = {
      ...batch,
      batchHash: "0".repeat(32),
      ops: batch.ops.map((op) => ({ ...op, fields: task({ text: "forged" }) })),
    };

    expect(await device.send(other)).toEqual({ status: "stale-device" });
    expect((await tasksOf(ana)).map(({ fields }) => fields["text"])).toEqual(["mine"]);
  });

  it("with other content under the same hash gets the old answer and changes nothing", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const batch = device.batch([
      device.op({ table: "tasks", kind: "create", fields: task({ text: "mine" }) }),
    ]);
    await device.send(batch);

    accepted(
      await device.send({
        ...batch,
        ops: batch.ops.map((op) => ({ ...op, fields: task({ text: "forged" }) })),
      }),
    );

    expect((await tasksOf(ana)).map(({ fields }) => fields["text"])).toEqual(["mine"]);
  });

  it("an op id that was applied before has no effect in a later batch either", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const op = device.op({ table: "tasks", kind: "create", fields: task({ text: "mine" }) });
    await device.push(op);

    await device.push({ ...op, kind: "update", fields: { text: "forged" } });

    expect((await tasksOf(ana)).map(({ fields }) => fields["text"])).toEqual(["mine"]);
  });

  it("is answered though its table was not known, and an empty one is, too", async () => {
    const device = new Device(signIn(deploy(), "ana"));
    const unknown = device.batch([device.op({ table: "gone", kind: "create" })]);
    const first = accepted(await device.send(unknown));
    expect(accepted(await device.send(unknown)).results).toEqual(first.results);

    const empty = device.batch([]);
    expect(accepted(await device.send(empty)).results).toEqual([]);
    expect(accepted(await device.send(empty)).results).toEqual([]);
  });
});

describe("the numbering of a device (I21)", () => {
  it("takes 1 first and then each next number only", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const at = (batchSeq: number) => ({ ...device.batch([]), batchSeq });

    expect(await device.send(at(2))).toEqual({ status: "stale-device" });
    accepted(await device.send(at(1)));
    expect(await device.send(at(3))).toEqual({ status: "stale-device" });
    accepted(await device.send(at(2)));
    expect(await device.send(at(1))).toEqual({ status: "stale-device" });
    for (const odd of [0, -1, 2.5, NaN, Infinity])
      expect(await device.send(at(odd))).toEqual({ status: "stale-device" });
  });

  it("a restored copy is stale, and what it sends again under a new id is not applied twice (D12)", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const original = new Device(ana);
    const clientId = newUuid();
    const fields = { name: "Bo", visits: 1 };
    const { stamp } = await original.pushOne({
      table: "contacts",
      kind: "create",
      clientId,
      fields,
    });
    const queued = original.op({
      table: "contacts",
      kind: "update",
      clientId,
      fields: { visits: 2 },
      base: fields,
      baseStamp: stamp,
    });
    const other = new Device(ana);
    await other.pushOne({ table: "contacts", kind: "update", clientId, fields: { name: "Bob" } });
    await original.push(queued);

    // A copy of the database from before that batch was answered: it also has an edit of its own.
    const own = original.op({ table: "tasks", kind: "create", fields: task() });
    const copy = new Device(ana, original.deviceId);
    copy.seq = 1;
    expect(await copy.send(copy.batch([queued, own]))).toEqual({ status: "stale-device" });

    const renewed = new Device(ana);
    const carriedBy = { deviceId: original.deviceId, batchSeq: 2 };
    const { results } = await renewed.push({ ...queued, carriedBy }, { ...own, carriedBy });

    expect(results.map(({ outcome }) => outcome)).toEqual(["merged", "applied"]);
    expect(results[0]?.row?.fields).toMatchObject({ name: "Bob", visits: 2 });
    expect(await tasksOf(ana)).toHaveLength(1);
  });

  it("does not take back an op that took effect because another of its group is refused now", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const group = newUuid();
    const counted = original.op({
      table: "contacts",
      kind: "create",
      fields: { name: "Bo", visits: 3 },
      group,
    });
    const beside = original.op({ table: "tasks", kind: "create", fields: task(), group });
    await original.push(counted, beside);

    // The answer was lost, and a person put the other one otherwise meanwhile.
    const renewed = new Device(ana);
    const carriedBy = { deviceId: original.deviceId, batchSeq: 1 };
    const edited = { ...beside, opId: newUuid(), fields: {} };
    const { results } = await renewed.push({ ...counted, carriedBy }, edited);

    expect(results).toMatchObject([
      { outcome: "applied" },
      { outcome: "rejected", code: "invalid" },
    ]);
  });

  it("recognises an op that the original sent a few batches after the copy was made", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const op = original.op({
      table: "contacts",
      kind: "create",
      fields: { name: "Bo", visits: 3 },
    });
    await original.push();
    await original.push();
    await original.push(op);
    const drop = original.op({ table: "contacts", kind: "delete", clientId: op.clientId });
    await original.push(drop);

    const renewed = new Device(ana);
    const carriedBy = { deviceId: original.deviceId, batchSeq: 1 };
    const { results } = await renewed.push({ ...op, carriedBy });

    expect(results[0]).toMatchObject({ outcome: "applied", row: { fields: {} } });
    expect((await pullAll(ana, api.sync.getAllContactsForUser, null)).rows).toEqual([]);
  });

  it("D12: shows a person the op that went on after a copy of the phone had sent it (I3)", async () => {
    const ana = signIn(deploy(), "ana");
    const copy = new Device(ana);
    const op = copy.op({ table: "tasks", kind: "create", fields: task({ text: "early" }) });
    await copy.push(op);

    // The original edited it once more before its first push.
    const later = { ...op, fields: task({ text: "late" }), edited: `999${op.edited.slice(3)}` };
    const renewed = new Device(ana);
    const carriedBy = { deviceId: copy.deviceId, batchSeq: 1 };
    const { results } = await renewed.push({ ...later, carriedBy });

    expect(results[0]).toMatchObject({
      outcome: "rejected",
      code: "duplicate-op",
      row: { fields: { text: "early" } },
    });
    // An op that is as it was, or earlier, is known.
    const { results: again } = await renewed.push({ ...op, carriedBy });
    expect(again[0]).toMatchObject({ outcome: "applied" });
  });

  it("D12: decides anew about an op that went on after its copy had been rejected", async () => {
    const ana = signIn(deploy(), "ana");
    const copy = new Device(ana);
    const op = copy.op({ table: "tasks", kind: "create", fields: {} });
    expect((await copy.push(op)).results[0]).toMatchObject({ outcome: "rejected" });

    const later = { ...op, fields: task(), edited: `999${op.edited.slice(3)}` };
    const renewed = new Device(ana);
    const carriedBy = { deviceId: copy.deviceId, batchSeq: 1 };
    const { results } = await renewed.push({ ...later, carriedBy });

    expect(results[0]).toMatchObject({ outcome: "applied" });
  });

  it("keeps a recorded rejection when its op is sent again under a new id (I3)", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const op = original.op({ table: "tasks", kind: "create", fields: {} });
    await original.push(op);

    const renewed = new Device(ana);
    const carriedBy = { deviceId: original.deviceId, batchSeq: 1 };
    const { results } = await renewed.push({ ...op, fields: task(), carriedBy });

    expect(results[0]).toMatchObject({ outcome: "rejected", code: "invalid" });
  });

  it("does not take an earlier answer for the op's own because another op of the batch is older", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const project = newUuid();
    const child = original.op({ table: "tasks", kind: "create", fields: task({ project }) });
    const [early] = (await original.push(child)).results;
    expect(early?.code).toBe("missing-reference");
    const parent = original.op({
      table: "projects",
      kind: "create",
      clientId: project,
      fields: { name: "p" },
    });
    await original.push(parent);

    // The child was sealed again, as batch 3, which never arrived; something else was sealed in batch 1.
    const other = original.op({ table: "tasks", kind: "create", fields: task() });
    const { deviceId } = original;
    const { results } = await new Device(ana).push(
      { ...other, carriedBy: { deviceId, batchSeq: 1 } },
      { ...child, carriedBy: { deviceId, batchSeq: 3 } },
    );

    expect(results.map(({ outcome }) => outcome)).toEqual(["applied", "applied"]);
  });

  it("recognises ops of batches that lie far apart", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const contact = { table: "contacts", clientId: newUuid() } as const;
    const fields = { name: "Jo", visits: 0 };
    const first = original.op({ ...contact, kind: "create", fields });
    await original.push(first);
    for (let batch = 2; batch < 30; batch += 1) await original.push();
    const last = original.op({ ...contact, kind: "update", fields: { visits: 1 }, base: fields });
    const [answered] = (await original.push(last)).results;
    await new Device(ana).pushOne({
      ...contact,
      kind: "update",
      fields: { visits: 2 },
      base: { ...fields, visits: 1 },
    });

    const { deviceId } = original;
    const { results } = await new Device(ana).push(
      { ...first, carriedBy: { deviceId, batchSeq: 1 } },
      { ...last, carriedBy: { deviceId, batchSeq: 30 } },
    );

    expect(results[1]?.outcome).toBe(answered?.outcome);
    expect(results[1]?.row?.fields["visits"]).toBe(2);
  });

  it("an op that names a device that never sent it is applied", async () => {
    const ana = signIn(deploy(), "ana");
    const carriedBy = { deviceId: newUuid(), batchSeq: 7 };

    const result = await new Device(ana).pushOne({
      table: "tasks",
      kind: "create",
      fields: task(),
      carriedBy,
    });

    expect(result.outcome).toBe("applied");
  });

  it("does not tell one user what another's device recorded", async () => {
    const deployment = deploy();
    const theirs = new Device(signIn(deployment, "ana"));
    const op = theirs.op({ table: "tasks", kind: "create", fields: task({ text: "secret" }) });
    await theirs.push(op);

    const carriedBy = { deviceId: theirs.deviceId, batchSeq: 1 };
    const mine = new Device(signIn(deployment, "bo"));
    const result = await mine.pushOne({ ...op, fields: task({ text: "mine" }), carriedBy });

    expect(result.row?.fields["text"]).toBe("mine");
  });
});

describe("a device and its copies (D12, I2)", () => {
  /** A device that made a contact; an edit of it waits there, and on every copy. */
  async function copied() {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const original = new Device(ana);
    const fields = { name: "Bo", visits: 1 };
    const contact = { table: "contacts", clientId: newUuid() } as const;
    const { stamp } = await original.pushOne({ ...contact, kind: "create", fields });
    const visit = original.op({
      ...contact,
      kind: "update",
      fields: { visits: 2 },
      base: fields,
      baseStamp: stamp,
    });
    const carried = { ...visit, carriedBy: { deviceId: original.deviceId, batchSeq: 2 } };
    const visits = async () =>
      (await pullAll(ana, api.sync.getAllContactsForUser, null)).rows[0]?.fields["visits"];
    return { deployment, ana, original, visit, carried, visits };
  }

  it("apply an op once, though the first to send it did so under an id of its own", async () => {
    const { ana, original, visit, carried, visits } = await copied();
    const { results } = await new Device(ana).push(carried);
    expect(results[0]?.outcome).toBe("merged");

    // The original has not sent it yet, and does not know.
    expect(await original.send(original.batch([visit]))).toEqual({ status: "stale-device" });
    for (const renewed of [new Device(ana), new Device(ana)]) {
      const [again] = (await renewed.push(carried)).results;
      expect(again).toMatchObject({ outcome: "merged", row: { fields: { visits: 2 } } });
    }
    expect(await visits()).toBe(2);
  });

  it("still answer the last batch of the common id", async () => {
    const { ana, original, visit, carried, visits } = await copied();
    const last = original.batch([visit]);
    const first = accepted(await original.send(last));
    await new Device(ana).push(carried);

    expect(accepted(await original.send(last)).stamp).toBe(first.stamp);
    expect(await original.send(original.batch([]))).toEqual({ status: "stale-device" });
    expect(await visits()).toBe(2);
  });

  it("may send an op again that was rejected, as it is", async () => {
    const { ana, original } = await copied();
    const project = newUuid();
    const carriedBy = { deviceId: original.deviceId, batchSeq: 2 };
    const child = { table: "tasks", kind: "create", fields: task({ project }), carriedBy } as const;
    const op = original.op(child);
    const copy = new Device(ana);
    expect((await copy.push(op)).results[0]?.code).toBe("missing-reference");

    await copy.pushOne({
      table: "projects",
      kind: "create",
      clientId: project,
      fields: { name: "p" },
    });
    expect((await copy.push(op)).results[0]?.outcome).toBe("applied");
  });

  it("believe the one that landed an op, though another had it rejected before", async () => {
    const { ana, original } = await copied();
    const project = newUuid();
    const child = original.op({ table: "tasks", kind: "create", fields: task({ project }) });
    expect((await original.push(child)).results[0]?.code).toBe("missing-reference");
    const carriedBy = { deviceId: original.deviceId, batchSeq: 3 };
    const copy = new Device(ana);
    const parent = { table: "projects", kind: "create", clientId: project } as const;
    await copy.pushOne({ ...parent, fields: { name: "p" } });
    await copy.push({ ...child, carriedBy });

    const earlier = { ...child, carriedBy: { ...carriedBy, batchSeq: 2 } };
    expect((await new Device(ana).push(earlier)).results[0]?.outcome).toBe("applied");
  });

  it("apply an op once that one of them had rejected before its last edit", async () => {
    const { ana, original } = await copied();
    const op = original.op({ table: "contacts", kind: "create", fields: {} });
    expect((await original.push(op)).results[0]?.code).toBe("invalid");
    const carriedBy = { deviceId: original.deviceId, batchSeq: 2 };
    const fields = { name: "Jo", visits: 3 };
    const later = { ...op, fields, edited: `999${op.edited.slice(3)}`, carriedBy };
    const edit = { table: "contacts", clientId: op.clientId, kind: "update" } as const;
    const first = new Device(ana);
    expect((await first.push(later)).results[0]?.outcome).toBe("applied");
    await first.pushOne({ ...edit, fields: { visits: 5 }, base: fields });

    const [again] = (await new Device(ana).push(later)).results;
    expect(again).toMatchObject({ outcome: "applied", row: { fields: { visits: 5 } } });
  });

  it("leave nothing behind of what was rejected, and go on under the common id", async () => {
    const { deployment, ana, original, visit, visits } = await copied();
    const rejected = () => ({
      table: "nowhere",
      kind: "update" as const,
      carriedBy: { deviceId: newUuid(), batchSeq: 1 },
    });
    const carriedBy = { deviceId: original.deviceId, batchSeq: 2 };
    const copy = new Device(ana);
    await copy.push(
      copy.op({ ...rejected(), carriedBy }),
      ...[1, 2, 3].map(() => copy.op(rejected())),
    );

    const devices = await deployment.run((ctx) => ctx.db.query("syncDevices").collect());
    expect(devices.map(({ deviceId }) => deviceId)).toEqual([original.deviceId, copy.deviceId]);
    expect((await original.push(visit)).results[0]?.outcome).toBe("merged");
    expect(await visits()).toBe(2);
  });

  it("know each other by an id that a restored server does not know", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const fields = { name: "Bo", visits: 1 };
    const op = original.op({ table: "contacts", kind: "create", fields });
    const carriedBy = { deviceId: original.deviceId, batchSeq: 5 };
    await new Device(ana).push({ ...op, carriedBy });

    expect(await original.send(original.batch([op]))).toEqual({ status: "stale-device" });
    expect(await original.send({ ...original.batch([]), batchSeq: 0, batchHash: "" })).toEqual({
      status: "stale-device",
    });
    const renewed = { ...op, carriedBy: { ...carriedBy, batchSeq: 1 } };
    expect((await new Device(ana).push(renewed)).results[0]?.outcome).toBe("applied");
  });

  it("may name their own id, which stays open", async () => {
    const ana = signIn(deploy(), "ana");
    const device = new Device(ana);
    const own = () => ({ deviceId: device.deviceId, batchSeq: device.seq + 1 });
    const create = { table: "tasks", kind: "create", fields: task() } as const;
    await device.pushOne({ ...create, carriedBy: own() });
    await device.pushOne({ ...create, carriedBy: own() });
    expect(await tasksOf(ana)).toHaveLength(2);
  });

  it("search what an original sent in many small batches", async () => {
    const ana = signIn(deploy(), "ana");
    const original = new Device(ana);
    const fields = { name: "late", visits: 1 };
    const op = original.op({ table: "contacts", kind: "create", fields });
    for (let batch = 0; batch < 200; batch += 1) await original.push();
    await original.push(op);
    await original.pushOne({ table: "contacts", clientId: op.clientId, kind: "delete" });

    const carriedBy = { deviceId: original.deviceId, batchSeq: 1 };
    expect((await new Device(ana).push({ ...op, carriedBy })).results[0]?.outcome).toBe("applied");
    expect((await pullAll(ana, api.sync.getAllContactsForUser, null)).rows).toEqual([]);
  });

  it("are those of one user: nobody renews a device of somebody else", async () => {
    const { deployment, original, visit, carried } = await copied();
    const theirs = new Device(signIn(deployment, "bo"));
    const { clientId } = carried;
    const fields = { name: "forged", visits: 9 };
    await theirs.push({ ...carried, kind: "create", clientId, fields, base: null });

    expect((await original.push(visit)).results[0]?.outcome).toBe("merged");
  });
});

describe("a batch of another epoch (F15)", () => {
  it("is refused, whether it was answered before or not, and taken once it names the new one", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    const device = new Device(ana);
    const create = () => device.op({ table: "tasks", kind: "create", fields: task() });
    const first = { ...device.batch([create()]), epoch: "1" };
    accepted(await device.send(first));
    const sent = { ...device.batch([create()]), epoch: "1" };

    const epoch = await deployment.mutation(internal.sync.startEpoch, {});
    const stale = { status: "stale-epoch", epoch };
    expect(await device.send(sent)).toEqual(stale);
    expect(await device.send(first)).toEqual(stale);
    expect(await tasksOf(ana)).toHaveLength(1);

    expect(accepted(await device.send({ ...sent, epoch })).epoch).toBe(epoch);
    expect(await device.send(sent)).toEqual(stale);
    expect(await tasksOf(ana)).toHaveLength(2);
  });
});
