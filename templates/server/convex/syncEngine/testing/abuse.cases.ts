import { expect } from "vitest";
import type { FieldRules } from "../shared/policy";
import {
  limits,
  type Fields,
  type Op,
  type OpResult,
  type PullReply,
  type WireRow,
} from "../shared/protocol";
import { openDevices, rulesOf, type SyncTable } from "./device.setup";

/** Something that no caller gets away with, whatever the table's policy is. */
export interface AbuseCase {
  readonly title: string;
  run(table: SyncTable): Promise<void>;
}

/** What a hostile, broken or outdated app may send for a table, and what becomes of it. */
export const abuseCases = {
  unauthenticated: {
    title: "tells a caller without a token nothing",
    async run(table) {
      const { nobody } = await openDevices(table);
      const refused = /unauthenticated/;
      await expect(nobody.send(nobody.batch())).rejects.toThrow(refused);
      await expect(nobody.pull(table.changesSince)).rejects.toThrow(refused);
      await expect(nobody.pull(table.all)).rejects.toThrow(refused);
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
          if (found?.status === "ok") expect(found.rows).toEqual([]);
        }
    },
  },
  forgedColumns: {
    title: "takes no owner, stamp or id from a device",
    async run(table) {
      const { phone, stranger } = await openDevices(table);
      const forged = [
        ["userId", stranger.userId],
        ["changed", "9"],
        ["deletedAt", 1],
        ["_id", "x"],
        ["constructor", "x"],
      ] as const;
      const op = await phone.draft();
      // A delete has no fields that could be looked at.
      const kind = op.kind === "delete" ? "update" : op.kind;
      for (const [name, value] of forged) {
        const fields = { ...op.fields, [name]: value };
        const [result] = await phone.push(
          phone.op(kind, { ...idOf(op), fields }),
        );
        expect(["unknown-field", "operation-not-allowed"]).toContain(
          codeOf(result),
        );
      }
      const page = await stranger.pull(table.all);
      expect(page).toMatchObject({ status: "ok", rows: [] });
    },
  },
  forbiddenOperation: {
    title: "refuses what the table does not let devices do",
    async run(table) {
      const { phone } = await openDevices(table);
      const { clientId, fields } = await phone.row();
      const refusals = ["operation-not-allowed", "append-only"];
      for (const kind of ["create", "update", "delete"] as const) {
        if (rulesOf(table).operations.includes(kind)) continue;
        const given = kind === "delete" ? {} : fields;
        const op = phone.op(kind, { clientId, fields: given });
        expect(refusals).toContain(codeOf((await phone.push(op))[0]));
      }
    },
  },
  unknownTable: {
    title: "knows no tables but its own, whatever they are called",
    async run(table) {
      const { phone } = await openDevices(table);
      const names = ["constructor", "__proto__", "syncDevices", "_storage", ""];
      const ops = names.map((name) => phone.op("create", { table: name }));
      const results = await phone.push(...ops);
      expect(results.map(codeOf)).toEqual(names.map(() => "unknown-table"));
    },
  },
  wrongTypes: {
    title: "rejects values of a wrong type one by one, and takes the rest",
    async run(table) {
      const { phone } = await openDevices(table);
      const good = await phone.draft();
      const bad = Object.entries(rulesOf(table).fields)
        .filter(([name]) => name in good.fields)
        .flatMap(([name, field]) =>
          wrongValues(field).map((value) => ({
            ...good.fields,
            [name]: value,
          })),
        )
        .slice(0, limits.batchOps - 1);
      const results = await phone.push(
        ...bad.map((fields) => phone.op(good.kind, { ...idOf(good), fields })),
        good,
      );
      expect(results.slice(0, -1).map(codeOf)).toEqual(
        bad.map(() => "invalid"),
      );
      expect(results.at(-1)?.outcome).not.toBe("rejected");
    },
  },
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
  futureClock: {
    title: "believes a clock no more than five minutes ahead",
    async run(table) {
      const { phone } = await openDevices(table);
      const edited = `${String(253_370_764_800_000)}-0000-device00`;
      const [result] = await phone.push({ ...(await phone.draft()), edited });
      const latest = Date.now() + 5 * 60_000;
      expect(result?.row?.updatedAt ?? 0).toBeLessThanOrEqual(latest);
    },
  },
  leaks: {
    title: "sends the table's fields and no others, and none of a deleted row",
    async run(table) {
      const { phone } = await openDevices(table);
      const { operations, fields } = rulesOf(table);
      const row = await phone.row();
      expect(Object.keys(row.fields).sort()).toEqual(
        Object.keys(fields).sort(),
      );
      if (!operations.includes("delete")) return;
      await phone.remove(row);
      for (const found of rowsOf(await phone.pull(table.changesSince)))
        // An app's own merge may keep the row.
        if (found.deletedAt !== null) expect(found.fields).toEqual({});
    },
  },
} satisfies Record<string, AbuseCase>;

/** Values that a field of this kind must not hold. */
function wrongValues({
  kind,
  optional,
}: FieldRules): readonly Fields[string][] {
  const values = {
    text: ["\ud800", "a\0b", 7],
    reference: ["", 7],
    integer: [0.5, NaN, 2 ** 53, "7"],
    timestamp: [0.5, Infinity, "now"],
    real: [NaN, Infinity, "7"],
    boolean: [1, "true"],
    choice: ["no such choice", 7],
    json: ["\udfff"],
  } satisfies Record<FieldRules["kind"], readonly Fields[string][]>;
  return optional ? values[kind] : [...values[kind], null];
}

/** The row that an op is about, and what its device saw of it. */
function idOf({ clientId, base, baseStamp }: Op) {
  return { clientId, base, baseStamp };
}

function codeOf(result: OpResult | undefined): string | undefined {
  return result?.code ?? result?.outcome;
}

function outcomeOf({ opId, outcome, code }: OpResult) {
  return { opId, outcome, code };
}

function rowsOf(page: PullReply): readonly WireRow[] {
  return page.status === "ok" ? page.rows : [];
}
