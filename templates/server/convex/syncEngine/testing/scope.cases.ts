import { expect } from "vitest";
import { limits, type Op } from "../shared/protocol";
import { codeOf, directCalls, rowsOf, type AbuseCase } from "./abuseCase";
import { accessTold } from "./accessTold.setup";
import {
  openDevices,
  rulesOf,
  type Device,
  type SyncTable,
} from "./device.setup";

/** Callers who ask for what is in a scope, where a table has one. */
export const scopeCases = {
  foreignMember: {
    title: "shows and changes nothing for who is not in the scope",
    async run(table) {
      const { phone, stranger, setAccess } = await openDevices(table);
      const { clientId } = await phone.row();
      const draft = await phone.draft();
      const before = await phone.pull(table.all);
      // Ids of two kinds of scopes may be the same: of one thing, with other members.
      for (const kind of otherKinds(table))
        await setAccess(stranger, phone.scopeId, "write", kind);
      for (const scopeId of [phone.scopeId, "no such scope", ""])
        for (const name of [table.all, table.changesSince])
          expect(await stranger.pull(name, { scopeId })).toEqual(noPage);
      const known = await everyWrite(table, stranger, { ...draft, clientId });
      const missing = await everyWrite(table, stranger, draft);
      expect(known).toEqual(known.map(() => noAnswer));
      expect(missing).toEqual(known);
      expect(rowsOf(await phone.pull(table.all))).toEqual(rowsOf(before));
    },
  },
  toldScopes: {
    title: "tells every user of their scopes, with what they may do there now",
    async run(table) {
      const { phone, stranger, setAccess } = await openDevices(table);
      const { scope } = rulesOf(table);
      for (const access of [null, "read", "write", null] as const) {
        await setAccess(stranger, phone.scopeId, access);
        const told = accessTold(await stranger.head(), scope, phone.scopeId);
        expect(told).toBe(access);
      }
    },
  },
  readOnly: {
    title: "takes nothing from who may only read, and shows them the rows",
    async run(table) {
      const { phone, stranger, setAccess } = await openDevices(table);
      const { clientId } = await phone.row();
      const draft = await phone.draft();
      const before = rowsOf(await phone.pull(table.all));
      const { scopeId } = phone;
      await setAccess(stranger, scopeId, "read");
      const shown = async () =>
        rowsOf(await stranger.pull(table.all, { scopeId }));
      expect(await shown()).toEqual(before);
      const answers = await everyWrite(table, stranger, { ...draft, clientId });
      for (const { code } of answers) expect(code).toBe("no-access");
      expect(await shown()).toEqual(before);
    },
  },
  formerMember: {
    title: "shows and takes nothing once somebody is taken out of the scope",
    async run(table) {
      const { abroad, stranger, setAccess } = await openDevices(table);
      const { clientId } = await abroad.row();
      const draft = await abroad.draft();
      const batch = abroad.batch(draft);
      expect(await abroad.send(batch)).toMatchObject({ status: "ok" });
      const page = await abroad.pull(table.changesSince);
      const last = page.status === "ok" ? page.cursor : null;

      await setAccess(abroad, abroad.scopeId, null);

      for (const name of [table.all, table.changesSince])
        for (const cursor of [null, last])
          expect(await abroad.pull(name, { cursor })).toEqual(noPage);
      // An answer that was lost tells what became of an op, and nothing of its row.
      const again = await abroad.send(batch);
      expect(again).toMatchObject({ status: "ok", results: [{ row: null }] });
      const before = rowsOf(await stranger.pull(table.all));
      const answers = await everyWrite(table, abroad, { ...draft, clientId });
      expect(answers).toEqual(answers.map(() => noAnswer));
      expect(rowsOf(await stranger.pull(table.all))).toEqual(before);
    },
  },
  noScope: {
    title: "takes no op and no call that does not say its scope",
    async run(table) {
      const { phone } = await openDevices(table);
      const { clientId, fields } = await phone.row();
      const { scopeId: own, ...draft } = await phone.draft();
      expect(own).toBe(phone.scopeId);
      const tooLong = "x".repeat(limits.scopeIdLength + 1);
      for (const scopeId of [undefined, "", "a/b", tooLong]) {
        const op = scopeId === undefined ? draft : { ...draft, scopeId };
        const [result] = await phone.push({
          ...op,
          opId: phone.op("delete").opId,
        });
        expect(result).toMatchObject({ code: "invalid", row: null });
      }
      for (const { name, args } of directCalls(table, clientId, fields))
        await expect(
          phone.call(name, { ...args, scopeId: undefined }),
        ).rejects.toThrow(/scopeId/);
    },
  },
  movedRow: {
    title: "moves no row to another scope, and makes no second one of its id",
    async run(table) {
      const { phone, abroad } = await openDevices(table);
      const { clientId, fields } = await phone.row();
      const draft = await abroad.draft();
      const before = rowsOf(await abroad.pull(table.all));
      for (const { row } of await everyWrite(table, abroad, {
        ...draft,
        clientId,
      }))
        expect(row).toBeNull();
      expect(await phone.read({ clientId })).toEqual(fields);
      expect(rowsOf(await abroad.pull(table.all))).toEqual(before);
    },
  },
  foreignReference: {
    title: "takes no reference to a row of another scope, whoever is in both",
    async run(table) {
      const { phone, abroad } = await openDevices(table);
      for (const [name, field] of Object.entries(rulesOf(table).fields)) {
        const op = await phone.draft();
        if (field.references === undefined || !(name in op.fields)) continue;
        const parent = await abroad.rowOf(field.references);
        const fields = { ...op.fields, [name]: parent };
        const [result] = await phone.push({ ...op, fields });
        expect(codeOf(result)).toBe("missing-reference");
      }
    },
  },
} satisfies Record<string, AbuseCase>;

const noPage = { status: "refused", code: "no-access" };
const noAnswer = { code: "no-access", row: null };

function otherKinds(table: SyncTable): ReadonlySet<string> {
  const own = rulesOf(table).scope;
  return new Set(
    Object.values(table.rules).flatMap(({ scope }) =>
      scope === undefined || scope === own ? [] : [scope],
    ),
  );
}

/** What becomes of every way to write the row of an op, in the op's scope, whatever the device's own is. */
async function everyWrite(
  table: SyncTable,
  device: Device,
  { kind, clientId, fields, scopeId = "" }: Op,
) {
  const ops = [
    device.op(kind, { clientId, scopeId, fields }),
    device.op("delete", { clientId, scopeId }),
  ];
  const results = [...(await device.push(...ops))];
  for (const { name, args } of directCalls(table, clientId, fields))
    results.push(await device.call(name, { ...args, scopeId }));
  return results.map((result) => ({ code: codeOf(result), row: result.row }));
}
