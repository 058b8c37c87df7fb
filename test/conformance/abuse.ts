import { convexTest } from "convex-test";
import { makeFunctionReference, type GenericSchema, type SchemaDefinition } from "convex/server";
import { describe, expect, it } from "vitest";
import { initialHlc, tickHlc } from "../../templates/shared/clock";
import { hashOps } from "../../templates/shared/hash";
import { naturalId } from "../../templates/shared/ids";
import type { FieldRules, TableRules } from "../../templates/shared/policy";
import type { Fields, Head, Op, PullReply, PushReply } from "../../templates/shared/protocol";

/** A project's emitted functions, and what its config says of its tables. */
export interface EmittedProject {
  readonly schema: SchemaDefinition<GenericSchema, boolean>;
  readonly modules: Record<string, () => Promise<unknown>>;
  readonly rules: Readonly<Record<string, TableRules>>;
  /** Names of the functions that answer with pages. */
  readonly pages: Readonly<Record<string, { readonly changesSince: string; readonly all: string }>>;
  readonly schemaVersion: number;
}

let ids = 0;
const newId = () => `01900000-0000-7000-9000-${(ids += 1).toString(16).padStart(12, "0")}`;

/** A signed-in user with one device, or a caller without a token. */
interface Caller {
  readonly userId: string;
  op(table: string, kind: Op["kind"], more?: Partial<Op>): Op;
  batch(ops: readonly Op[]): Record<string, unknown> & { batchSeq: number };
  send(batch: object): Promise<PushReply>;
  /** Sends ops as the next batch; every one is looked at. */
  push(...ops: Op[]): Promise<Extract<PushReply, { status: "ok" }>["results"]>;
  page(name: string, args?: object): Promise<PullReply>;
  /** A new row of the table, and of every table that it has to reference. */
  create(table: string): Promise<Op>;
}

async function openProject(project: EmittedProject, loadUser: (name: string) => string) {
  const deployment = convexTest({
    schema: project.schema,
    modules: project.modules,
    transactionLimits: true,
  });
  const call = (name: string | null) =>
    name === null
      ? deployment
      : deployment.withIdentity({
          subject: name,
          issuer: "https://issuer",
          tokenIdentifier: loadUser(name),
        });
  const open = async (name: string | null): Promise<Caller> => {
    const session = call(name);
    const query = (path: string, args: object) =>
      session.query(makeFunctionReference<"query">(path), { ...args });
    let userId = "";
    if (name !== null) userId = ((await query("sync:head", {})) as Head).userId;
    const deviceId = newId();
    let seq = 0;
    let hlc = initialHlc("device00");
    const caller: Caller = {
      userId,
      op: (table, kind, more = {}) => {
        hlc = tickHlc(hlc, Date.now(), "device00");
        return {
          opId: newId(),
          table,
          clientId: newId(),
          kind,
          fields: {},
          base: null,
          baseStamp: null,
          edited: hlc,
          clocks: null,
          schemaVersion: project.schemaVersion,
          group: null,
          sealedBy: null,
          ...more,
        };
      },
      batch: (ops) => ({
        deviceId,
        batchSeq: (seq += 1),
        batchHash: hashOps(ops),
        schemaVersion: project.schemaVersion,
        ops,
      }),
      send: async (batch) =>
        (await session.mutation(makeFunctionReference<"mutation">("sync:push"), {
          ...batch,
        })) as PushReply,
      push: async (...ops) => {
        const reply = await caller.send(caller.batch(ops));
        if (reply.status !== "ok") throw new Error(`not accepted: ${JSON.stringify(reply)}`);
        return reply.results;
      },
      page: async (path, args = {}) =>
        (await query(`sync:${path}`, { cursor: null, ...args })) as PullReply,
      create: async (table) => {
        const op = await draft(project, caller, table);
        const [result] = await caller.push(op);
        expect(result).toMatchObject({ outcome: "applied", code: null });
        return op;
      },
    };
    return caller;
  };
  return { open };
}

/** A create that the table's rules allow, its parents created. */
async function draft(project: EmittedProject, caller: Caller, table: string): Promise<Op> {
  const rules = rulesOf(project, table);
  const fields: Record<string, Fields[string]> = {};
  for (const [name, field] of Object.entries(rules.fields)) {
    const parent = field.kind === "reference" && !field.optional ? field.references : undefined;
    fields[name] = parent ? (await caller.create(parent)).clientId : valueOf(field);
  }
  const key = rules.uniqueBy.map((name) => fields[name] ?? null);
  return caller.op(table, "create", {
    fields,
    ...(key.length > 0 ? { clientId: naturalId(caller.userId, table, key) } : {}),
  });
}

function valueOf(field: FieldRules): Fields[string] {
  if (field.merge?.kind === "set") return [];
  if (field.default !== undefined) return field.default;
  if (field.optional) return null;
  ids += 1;
  switch (field.kind) {
    case "text":
    case "reference":
      return `value ${String(ids)}`;
    case "integer":
    case "timestamp":
      return ids;
    case "real":
      return ids + 0.5;
    case "boolean":
      return true;
    case "json":
      return {};
    case "choice":
      return field.choices?.[0] ?? null;
  }
}

function rulesOf({ rules }: EmittedProject, table: string): TableRules {
  const found = rules[table];
  if (!found) throw new Error(`There is no table ${table}.`);
  return found;
}

const codeOf = (result: { code: string | null; outcome: string } | undefined) =>
  result?.code ?? result?.outcome;

/**
 * The abuse cases of failures.md that do not depend on an app's own functions, for every table of a project. Case 14 is 13
 * while the only scope is the user; 19, 21 and 28 need what is not emitted.
 */
export function runAbuseCases(load: () => EmittedProject, tables: readonly string[]): void {
  const open = async () => {
    const project = load();
    const { open: signIn } = await openProject(project, (name) => `https://issuer|${name}`);
    return {
      project,
      nobody: await signIn(null),
      ana: await signIn("ana"),
      bo: await signIn("bo"),
    };
  };

  it("1: without an identity everything is refused with a stable code", async () => {
    const { nobody, project } = await open();
    const refused = /unauthenticated/;
    await expect(nobody.send(nobody.batch([]))).rejects.toThrow(refused);
    for (const { changesSince, all } of Object.values(project.pages)) {
      await expect(nobody.page(changesSince)).rejects.toThrow(refused);
      await expect(nobody.page(all)).rejects.toThrow(refused);
    }
  });

  it("8, 9 (I15): a device of one user is refused from another, and burns no number", async () => {
    const { ana, bo } = await open();
    const batch = ana.batch([]);
    expect(await bo.send({ ...batch, forUser: ana.userId })).toMatchObject({ code: "wrong-user" });
    expect(await ana.send(batch)).toMatchObject({ status: "ok" });
    expect(await bo.send(batch)).toMatchObject({ status: "refused", code: "wrong-user" });
    expect(await bo.send({ ...batch, batchSeq: 2 })).toMatchObject({ code: "wrong-user" });
    expect(await ana.send(ana.batch([]))).toMatchObject({ status: "ok" });
  });

  it("11, 12, 26 (I20): skipped numbers, too many ops and another schema are refused as a whole", async () => {
    const { ana, project } = await open();
    const table = tables[0] ?? "";
    const batch = ana.batch([]);
    expect(await ana.send({ ...batch, batchSeq: 5 })).toEqual({ status: "stale-device" });
    const many = Array.from({ length: 101 }, () => ana.op(table, "delete"));
    const large = { ...batch, ops: many, batchHash: hashOps(many) };
    expect(await ana.send(large)).toMatchObject({ code: "too-large" });
    const newer = { ...batch, schemaVersion: project.schemaVersion + 1 };
    expect(await ana.send(newer)).toMatchObject({ code: "schema-too-new" });
    expect(await ana.send(batch)).toMatchObject({ status: "ok" });
  });

  it("18: tables that a device makes up are unknown, whatever they are called", async () => {
    const { ana } = await open();
    const names = ["constructor", "__proto__", "toString", "syncDevices", "_storage", ""];
    const results = await ana.push(...names.map((name) => ana.op(name, "create")));
    expect(results.map(codeOf)).toEqual(names.map(() => "unknown-table"));
  });

  describe.each(tables)("%s", (table) => {
    const can = (project: EmittedProject, kind: Op["kind"]) =>
      rulesOf(project, table).operations.includes(kind);

    it("operations that the config does not list are refused (20)", async () => {
      const { ana, project } = await open();
      const made = can(project, "create") ? await ana.create(table) : null;
      for (const kind of ["create", "update", "delete"] as const) {
        if (can(project, kind)) continue;
        const { fields, clientId } = await draft(project, ana, table);
        const op = ana.op(table, kind, {
          clientId: kind === "create" ? clientId : (made?.clientId ?? newId()),
          fields: kind === "delete" ? {} : fields,
        });
        expect(["operation-not-allowed", "append-only"]).toContain(codeOf((await ana.push(op))[0]));
      }
    });

    it("2, 5, 6, 29: columns of the sync are no fields, and a row stays its owner's", async () => {
      const { ana, bo, project } = await open();
      const stolen = { userId: bo.userId, changed: "9", deletedAt: 1, _id: "x", __proto__: null };
      const base = can(project, "create") ? await draft(project, ana, table) : null;
      const kind = base ? "create" : "update";
      const ops = Object.entries(stolen).map(([name, value]) =>
        ana.op(table, kind, {
          ...(base ? { clientId: base.clientId } : {}),
          fields: { ...base?.fields, [name]: value },
        }),
      );
      for (const result of await ana.push(...ops)) expect(codeOf(result)).toBe("unknown-field");
      const page = await bo.page(project.pages[table]?.all ?? "");
      expect(page).toMatchObject({ status: "ok", rows: [] });
    });

    it("3, 4, 13 (I14): another user's row answers like a missing one, and stays theirs", async () => {
      const { ana, bo, project } = await open();
      if (!can(project, "create")) {
        const kind = can(project, "update") ? "update" : "delete";
        const [missing] = await bo.push(bo.op(table, kind));
        expect(missing?.row).toBeNull();
        return;
      }
      const theirs = await ana.create(table);
      const names = project.pages[table];
      const before = await ana.page(names?.all ?? "");
      for (const kind of ["update", "delete"] as const) {
        if (!can(project, kind)) continue;
        const op = { clientId: theirs.clientId };
        const [foreign] = await bo.push(bo.op(table, kind, op));
        const [missing] = await bo.push(bo.op(table, kind));
        expect({ ...foreign, opId: "" }).toEqual({ ...missing, opId: "" });
      }
      await bo.push({ ...theirs, opId: newId() });
      expect(await ana.page(names?.all ?? "")).toMatchObject({
        rows: before.status === "ok" ? before.rows : [],
      });
      const cursor = before.status === "ok" ? before.cursor : null;
      for (const path of [names?.all ?? "", names?.changesSince ?? ""])
        for (const args of [{ limit: 1e9 }, { cursor }]) {
          const page = await bo.page(path, args);
          const rows = page.status === "ok" ? page.rows : [];
          expect(rows.filter(({ userId }) => userId !== bo.userId)).toEqual([]);
        }
    });

    it("7: a clock in the year 9999 is cut to five minutes from now", async () => {
      const { ana, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      const op = await draft(project, ana, table);
      const edited = `${String(253_370_764_800_000)}-0000-device00`;
      const [result] = await ana.push({ ...op, edited });
      expect(result?.row?.updatedAt).toBeLessThanOrEqual(Date.now() + 5 * 60_000);
    });

    it("10 (I2): a used number with another payload is refused", async () => {
      const { ana, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      const [first, second] = [await draft(project, ana, table), await draft(project, ana, table)];
      const batch = ana.batch([first]);
      expect(await ana.send(batch)).toMatchObject({ status: "ok" });
      const other = [second];
      const forged = { ...batch, ops: other, batchHash: hashOps(other) };
      expect(await ana.send(forged)).toEqual({ status: "stale-device" });
    });

    it("15, 16 (I14): replies hold the table's fields and no others, tombstones none", async () => {
      const { ana, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      const { clientId } = await ana.create(table);
      const { all, changesSince } = project.pages[table] ?? { all: "", changesSince: "" };
      const page = await ana.page(all);
      const [row] = page.status === "ok" ? page.rows : [];
      expect(Object.keys(row?.fields ?? {}).sort()).toEqual(
        Object.keys(rulesOf(project, table).fields).sort(),
      );
      if (!can(project, "delete") || page.status !== "ok") return;
      const end = ana.op(table, "delete", { clientId, baseStamp: row?.stamp ?? null });
      const [ended] = await ana.push(end);
      // An app's own merge may keep the row.
      if (ended?.row?.deletedAt === null) return;
      const next = await ana.page(changesSince, { cursor: page.cursor });
      const [gone] = next.status === "ok" ? next.rows : [];
      expect(gone).toMatchObject({ clientId, fields: {} });
      expect(gone?.deletedAt).not.toBeNull();
    });

    it("24 (I14): an id or a natural key that somebody else has is free", async () => {
      const { ana, bo, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      const rules = rulesOf(project, table);
      if (Object.values(rules.fields).some((it) => it.kind === "reference" && !it.optional)) {
        const [result] = await bo.push({ ...(await ana.create(table)), opId: newId() });
        expect(result?.row).toBeNull();
        return;
      }
      const theirs = await ana.create(table);
      const key = rules.uniqueBy.map((name) => theirs.fields[name] ?? null);
      const clientId = key.length > 0 ? naturalId(bo.userId, table, key) : theirs.clientId;
      const [result] = await bo.push({ ...theirs, opId: newId(), clientId });
      expect(codeOf(result)).toBe("applied");
    });

    it("25 (I14): another user's parent is no parent", async () => {
      const { ana, bo, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      for (const [name, field] of Object.entries(rulesOf(project, table).fields)) {
        const parent = field.references;
        if (parent === undefined || !rulesOf(project, parent).operations.includes("create"))
          continue;
        const { clientId } = await ana.create(parent);
        const op = await draft(project, bo, table);
        const [result] = await bo.push({ ...op, fields: { ...op.fields, [name]: clientId } });
        expect(codeOf(result)).toBe("missing-reference");
      }
    });

    it("27 (I16): poison is rejected op by op", async () => {
      const { ana, project } = await open();
      if (!can(project, "create")) return void (await refusesCreates(project, ana));
      const good = await draft(project, ana, table);
      const poison: Op[] = [];
      const values: Partial<Record<FieldRules["kind"], readonly Fields[string][]>> = {
        text: ["\ud800", "a\0b", 7, null],
        integer: [0.5, NaN, 2 ** 53, "7"],
        timestamp: [0.5, Infinity, "now"],
        real: [NaN, Infinity, "7"],
        boolean: [1, "true"],
        choice: ["no such choice", 7],
        json: ["\udfff"],
      };
      for (const [name, field] of Object.entries(rulesOf(project, table).fields))
        for (const value of values[field.kind] ?? [])
          if (value !== null || !field.optional)
            poison.push(
              ana.op(table, "create", {
                clientId: good.clientId,
                fields: { ...good.fields, [name]: value },
              }),
            );
      const results = await ana.push(...poison.slice(0, 90), good);
      expect(results.slice(0, -1).map(codeOf)).toEqual(poison.slice(0, 90).map(() => "invalid"));
      expect(codeOf(results.at(-1))).toBe("applied");
    });

    /** What is left of a case for a table whose rows devices cannot create. */
    async function refusesCreates(project: EmittedProject, caller: Caller): Promise<void> {
      const [result] = await caller.push(await draft(project, caller, table));
      expect(codeOf(result)).toBe("operation-not-allowed");
    }
  });
}
