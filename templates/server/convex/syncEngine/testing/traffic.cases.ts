import { makeFunctionReference } from "convex/server";
import { expect } from "vitest";
import { limits, type Fields, type Op } from "../shared/protocol";
import { codeOf, outcomeOf, rowsOf, type AbuseCase } from "./abuseCase";
import { openDevices } from "./device.setup";

/** Batches that repeat, skip, grow or hurry, and functions that are not for devices. */
export const trafficCases = {
  oversize: {
    title: "refuses a batch that is too large before it reads anything",
    async run(table) {
      const { phone } = await openDevices(table);
      const ops = (count: number, fields: Fields): Op[] =>
        Array.from({ length: count }, () => phone.op("create", { fields }));
      const batch = phone.batch();
      for (const large of [
        ops(limits.batchOps + 1, {}),
        ops(2, { text: "x".repeat(limits.batchBytes) }),
        ops(1, { text: "x".repeat(limits.opBytes) }),
      ])
        expect(await phone.send({ ...batch, ops: large })).toMatchObject({
          status: "refused",
          code: "too-large",
        });
      // What was refused has used up no number.
      expect(await phone.send(batch)).toMatchObject({ status: "ok" });
    },
  },
  replay: {
    title: "answers a batch that arrives twice twice, and applies it once",
    async run(table) {
      const { phone } = await openDevices(table);
      const batch = phone.batch(await phone.draft());
      const first = await phone.send(batch);
      const before = await phone.pull(table.all);
      expect(await phone.send(batch)).toMatchObject({
        status: "ok",
        results: first.status === "ok" ? first.results.map(outcomeOf) : [],
      });
      expect(rowsOf(await phone.pull(table.all))).toEqual(rowsOf(before));
    },
  },
  forgedReplay: {
    title: "refuses a used number with another content",
    async run(table) {
      const { phone } = await openDevices(table);
      const ops = [await phone.draft(), await phone.draft()] as const;
      const batch = phone.batch(ops[0]);
      expect(await phone.send(batch)).toMatchObject({ status: "ok" });
      const forged = { ...phone.batch(ops[1]), batchSeq: batch.batchSeq };
      expect(await phone.send(forged)).toEqual({ status: "stale-device" });
    },
  },
  staleDevice: {
    title: "refuses a device whose numbers do not go on where they were",
    async run(table) {
      const { phone } = await openDevices(table);
      const batch = phone.batch();
      const ahead = { ...batch, batchSeq: batch.batchSeq + 4 };
      expect(await phone.send(ahead)).toEqual({ status: "stale-device" });
      expect(await phone.send(batch)).toMatchObject({ status: "ok" });
    },
  },
  futureSchema: {
    title: "refuses an app with a newer schema, which loses nothing",
    async run(table) {
      const { phone } = await openDevices(table);
      const batch = phone.batch();
      const newer = { ...batch, schemaVersion: table.schemaVersion + 1 };
      expect(await phone.send(newer)).toMatchObject({ code: "schema-too-new" });
      expect(await phone.send(batch)).toMatchObject({ status: "ok" });
    },
  },
  failingCalls: {
    title: "counts calls that fail like those that do not",
    async run(table) {
      const { phone } = await openDevices(table);
      const failing = () => phone.op("create", { table: "no such table" });
      const { changesAtOnce } = table;
      if (changesAtOnce === null || changesAtOnce > 10 * limits.batchOps) {
        // No limit, or one that takes too long to reach: what is refused is answered, and holds back nothing.
        expect((await phone.push(failing())).map(codeOf)).toEqual([
          "unknown-table",
        ]);
        const [result] = await phone.push(await phone.draft());
        expect(result?.outcome).not.toBe("rejected");
        return;
      }
      const size = Math.min(changesAtOnce, limits.batchOps);
      for (let sent = 0; sent + size <= changesAtOnce; sent += size)
        await phone.push(...Array.from({ length: size }, failing));
      const rest = Array.from({ length: size }, failing);
      expect(await phone.send(phone.batch(...rest))).toMatchObject({
        status: "refused",
        code: "rate-limited",
      });
    },
  },
  internalOnly: {
    title: "leaves its own upkeep to the server, for no user and for any",
    async run(table) {
      const { phone, nobody } = await openDevices(table);
      const jobs = Object.entries(table.functions).filter(
        ([, made]) => !("isPublic" in made),
      );
      const hasScopes = Object.values(table.rules).some(({ scope }) => scope);
      expect(jobs.map(([name]) => name).sort()).toEqual([
        "collectGarbage",
        ...(hasScopes ? ["forgetScope"] : []),
        "forgetUser",
        "startEpoch",
      ]);
      for (const [name, job] of jobs) {
        expect(job).toHaveProperty("isInternal", true);
        // Those that are about somebody, or something.
        if (name.startsWith("forget")) continue;
        const run = makeFunctionReference<"mutation">(`sync:${name}`);
        const forged = { userId: phone.userId };
        await expect(nobody.call(run, forged)).rejects.toThrow(/userId/);
      }
    },
  },
  forgottenUser: {
    title: "keeps nothing of a user who is forgotten but what they shared",
    async run(table) {
      const { phone, stranger, nobody } = await openDevices(table);
      const { userId } = phone;
      await phone.row();
      await stranger.row();
      const before = await phone.documents();
      const forget = makeFunctionReference<"mutation">("sync:forgetUser");
      await nobody.call(forget, { userId });
      const others = before.filter(
        (document) => document.userId !== userId || document.isShared,
      );
      expect(await phone.documents()).toEqual(others);
    },
  },
} satisfies Record<string, AbuseCase>;
