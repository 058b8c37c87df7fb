import { describe, expect, it } from "vitest";
import { deploymentOf } from "../../templates/shared/epoch";
import { api, internal } from "./fixture/convex/_generated/api";
import { synced } from "./fixture/convex/syncWriters";
import { Device, deploy, newUuid, signIn, task, type Deployment } from "./harness";

const told = async (deployment: Deployment) =>
  (await signIn(deployment, "ana").query(api.sync.head, {})).epoch;

const stored = (deployment: Deployment) =>
  deployment.run(async (ctx) => await ctx.db.query("syncEpochs").collect());

describe("the identity of a deployment (I23)", () => {
  it("is not there before anything is written", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    expect(await told(deployment)).toBe("1");
    await deployment.mutation(internal.sync.collectGarbage, {});
    const stale = await new Device(ana).send({ ...new Device(ana).batch([]), epoch: "other.1" });
    expect(stale).toEqual({ status: "stale-epoch", epoch: "1" });
    expect(await told(deployment)).toBe("1");
  });

  it("is made by the first batch, which is taken, and answered with it", async () => {
    const deployment = deploy();
    const device = new Device(signIn(deployment, "ana"));
    const op = device.op({ table: "tasks", kind: "create", fields: task() });
    const batch = { ...device.batch([op]), epoch: "1" };
    const first = await device.send(batch);

    const epoch = await told(deployment);
    expect(first).toMatchObject({ status: "ok", epoch, results: [{ outcome: "applied" }] });
    expect(epoch).toMatch(/^.+\.1$/);
    // Lost, and sent again by who does not know it yet.
    expect(await device.send(batch)).toEqual({ status: "stale-epoch", epoch });
    expect(await device.send({ ...batch, epoch })).toMatchObject({ status: "ok", epoch });
    expect(await stored(deployment)).toHaveLength(1);
  });

  it("is another one in another deployment", async () => {
    const epochs = await Promise.all(
      [deploy(), deploy()].map(async (deployment) => {
        await new Device(signIn(deployment, "ana")).push();
        return await told(deployment);
      }),
    );
    expect(epochs[0]).not.toBe(epochs[1]);
  });

  it("is there as soon as any function made a row, however many at once", async () => {
    const deployment = deploy();
    const ana = signIn(deployment, "ana");
    await ana.mutation(async (ctx) => {
      const projects = synced(ctx, "projects");
      await Promise.all([projects.insert({ name: "a" }), projects.insert({ name: "b" })]);
    });
    const epoch = await told(deployment);
    expect(deploymentOf(epoch)).not.toBeNull();
    expect(await stored(deployment)).toHaveLength(1);
    await ana.mutation(api.sync.upsertTask, { clientId: newUuid(), fields: task() });
    expect(await told(deployment)).toBe(epoch);

    const other = deploy();
    const fields = task();
    await signIn(other, "ana").mutation(api.sync.upsertTask, { clientId: newUuid(), fields });
    expect(deploymentOf(await told(other))).not.toBeNull();
  });

  it("stays with startEpoch, which begins another history", async () => {
    const deployment = deploy();
    await new Device(signIn(deployment, "ana")).push();
    const before = await told(deployment);
    const after = await deployment.mutation(internal.sync.startEpoch, {});
    expect(after).not.toBe(before);
    expect(deploymentOf(after)).toBe(deploymentOf(before));
  });

  it("is made anew by startEpoch where its document was deleted: that makes a copy another deployment", async () => {
    const deployment = deploy();
    await new Device(signIn(deployment, "ana")).push();
    const before = await told(deployment);
    await deployment.run(async (ctx) => {
      for (const { _id } of await ctx.db.query("syncEpochs").collect()) await ctx.db.delete(_id);
    });
    const after = await deployment.mutation(internal.sync.startEpoch, {});
    expect(deploymentOf(after)).not.toBeNull();
    expect(deploymentOf(after)).not.toBe(deploymentOf(before));
  });

  it("is added to an epoch that was begun before deployments had any", async () => {
    const deployment = deploy();
    await deployment.run(async (ctx) => await ctx.db.insert("syncEpochs", { epoch: "m3x" }));
    await new Device(signIn(deployment, "ana")).push();
    expect(await told(deployment)).toMatch(/^.+\.m3x$/);
    expect(await stored(deployment)).toHaveLength(1);
  });
});
