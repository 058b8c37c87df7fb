import { expect } from "vitest";
import { codeOf, directCalls, rowsOf, type AbuseCase } from "./abuseCase";
import { openDevices, rulesOf } from "./device.setup";

/** Callers who ask for what belongs to somebody else. */
export const identityCases = {
  unauthenticated: {
    title: "tells a caller without a token nothing",
    async run(table) {
      const { phone, nobody } = await openDevices(table);
      const { clientId } = await phone.row();
      const refused = /unauthenticated/;
      await expect(nobody.send(nobody.batch())).rejects.toThrow(refused);
      await expect(nobody.pull(table.changesSince)).rejects.toThrow(refused);
      await expect(nobody.pull(table.all)).rejects.toThrow(refused);
      for (const { name, args } of directCalls(table, clientId))
        await expect(nobody.call(name, args)).rejects.toThrow(refused);
    },
  },
  foreignRow: {
    title: "answers for another user's row as for one that does not exist",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      const { clientId, fields } = await phone.row();
      for (const kind of ["update", "delete"] as const) {
        const [foreign] = await stranger.push(stranger.op(kind, { clientId }));
        const [missing] = await stranger.push(stranger.op(kind));
        expect({ ...foreign, opId: "" }).toEqual({ ...missing, opId: "" });
      }
      const missing = directCalls(table, stranger.op("create").clientId);
      for (const [at, { name, args }] of directCalls(
        table,
        clientId,
      ).entries()) {
        const foreign = await stranger.call(name, args);
        const other = await stranger.call(name, missing[at]?.args ?? args);
        const answer = { opId: "", row: null };
        expect({ ...foreign, ...answer }).toEqual({ ...other, ...answer });
      }
      expect(await phone.read({ clientId })).toEqual(fields);
    },
  },
  foreignId: {
    title: "leaves another user's row alone when a create takes its id",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      const { clientId, fields } = await phone.row();
      const op = stranger.op("create", { clientId, fields });
      const [result] = await stranger.push(op);
      if (result?.row) expect(result.row.userId).toBe(stranger.userId);
      for (const { name, args } of directCalls(table, clientId, fields)) {
        const { row } = await stranger.call(name, args);
        if (row) expect(row.userId).toBe(stranger.userId);
      }
      expect(await phone.read({ clientId })).toEqual(fields);
    },
  },
  foreignParent: {
    title: "takes no reference to another user's row",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      for (const [name, field] of Object.entries(rulesOf(table).fields)) {
        const op = await phone.draft();
        if (field.references === undefined || !(name in op.fields)) continue;
        const parent = await stranger.rowOf(field.references);
        const fields = { ...op.fields, [name]: parent };
        const [result] = await phone.push({ ...op, fields });
        expect(codeOf(result)).toBe("missing-reference");
        if (table.upsert === null) continue;
        const { clientId } = op;
        const direct = await phone.call(table.upsert, { clientId, fields });
        expect(codeOf(direct)).toBe("missing-reference");
      }
    },
  },
  foreignPages: {
    title: "shows nobody else's rows, whatever the page and its cursor",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      await phone.row();
      const page = await phone.pull(table.all);
      const cursor = page.status === "ok" ? page.cursor : null;
      for (const name of [table.all, table.changesSince])
        for (const args of [{ limit: 1e9 }, { cursor }, { cursor: "" }]) {
          // A cursor that is none may be refused with an error; rows it must not bring.
          const found = await stranger.pull(name, args).catch(() => null);
          if (found !== null) expect(rowsOf(found)).toEqual([]);
        }
    },
  },
  foreignScope: {
    title: "opens no rows but the caller's own, whomever the arguments name",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      await phone.row();
      const { userId } = phone;
      for (const name of [table.all, table.changesSince]) {
        const asked = (args: object) => expect(stranger.pull(name, args));
        await asked({ forUser: userId }).rejects.toThrow(/unauthenticated/);
        await asked({ userId }).rejects.toThrow(/userId/);
        await asked({ scope: userId }).rejects.toThrow(/scope/);
      }
    },
  },
  foreignDevice: {
    title: "refuses a device of another user, and counts nothing against it",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      const refused = { status: "refused", code: "wrong-user" };
      const batch = phone.batch();
      const addressed = { ...batch, forUser: phone.userId };
      expect(await stranger.send(addressed)).toMatchObject(refused);
      expect(await phone.send(batch)).toMatchObject({ status: "ok" });
      expect(await stranger.send(batch)).toMatchObject(refused);
      const next = phone.batch();
      expect(await stranger.send(next)).toMatchObject(refused);
      expect(await phone.send(next)).toMatchObject({ status: "ok" });
    },
  },
  sharedDocuments: {
    title: "writes no document that another user's call reads or writes",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      await phone.row();
      await stranger.row();
      const before = await phone.documents();
      await stranger.push(await stranger.draft());
      const after = await phone.documents();
      const changed = after.filter(
        (document) =>
          !before.some(({ text }) => text === document.text) &&
          document.userId !== stranger.userId,
      );
      expect(changed).toEqual([]);
      const idsOf = (documents: typeof before) =>
        documents.flatMap(({ id, userId }) =>
          userId === stranger.userId ? [] : [id],
        );
      expect(idsOf(after)).toEqual(idsOf(before));
    },
  },
} satisfies Record<string, AbuseCase>;
