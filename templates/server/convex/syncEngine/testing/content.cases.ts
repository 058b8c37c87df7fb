import { expect } from "vitest";
import type { FieldRules } from "../shared/policy";
import { limits, type Fields } from "../shared/protocol";
import { codeOf, idOf, rowsOf, type AbuseCase } from "./abuseCase";
import { openDevices, rulesOf } from "./device.setup";

/** Devices that write what is not theirs to write, or what no row may hold. */
export const contentCases = {
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
      const { upsert } = table;
      if (upsert !== null)
        for (const [name, value] of forged.slice(0, 4)) {
          const { clientId, fields } = op;
          const args = { clientId, fields: { ...fields, [name]: value } };
          await expect(phone.call(upsert, args)).rejects.toThrow(name);
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
        // A table that may be created but not changed has a function for the one, which must not do the other.
        if (kind !== "update" || table.upsert === null) continue;
        const direct = await phone.call(table.upsert, { clientId, fields });
        expect(refusals).toContain(codeOf(direct));
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
  futureClock: {
    title: "believes a clock no more than five minutes ahead",
    async run(table) {
      const { phone } = await openDevices(table);
      const edited = `${String(253_370_764_800_000)}-0000-device00`;
      const [result] = await phone.push({ ...(await phone.draft()), edited });
      const latest = Date.now() + 5 * 60_000;
      expect(result?.outcome).not.toBe("rejected");
      expect(result?.row?.updatedAt).toBeLessThanOrEqual(latest);
    },
  },
  futureValue: {
    title: "lets no time beyond the next five minutes win for ever",
    async run(table) {
      const { phone } = await openDevices(table);
      const { fields, options } = rulesOf(table);
      const { by } = options;
      if (by === undefined || fields[by]?.kind !== "timestamp") return;
      const op = await phone.draft();
      const future = { ...op.fields, [by]: 253_370_764_800_000 };
      const [result] = await phone.push({ ...op, fields: future });
      const latest = Date.now() + 5 * 60_000;
      expect(result?.outcome).not.toBe("rejected");
      expect(result?.row?.fields[by]).toBeLessThanOrEqual(latest);
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
