import {
  makeFunctionReference,
  type AnyDataModel,
  type FunctionReference,
  type GenericMutationCtx,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import { convexToJson, type Value } from "convex/values";
import type { TestConvex } from "convex-test";
import { storedName, type SyncRules } from "../rules";
import { hlcAt } from "../shared/clock";
import { hashOps } from "../shared/hash";
import { naturalId } from "../shared/naturalId";
import type { FieldRules, Policy } from "../shared/policy";
import type {
  Fields,
  Head,
  Op,
  OpKind,
  OpResult,
  PullReply,
  PushBatch,
  PushReply,
  ScopeAccess,
  WireRow,
} from "../shared/protocol";
import { syncSystemTables } from "../tables";
import { createWriters } from "../writers";
import { checkLetIn } from "./accessTold.setup";

/** The functions under test, and how somebody signs in to them. */
export interface SyncProject {
  readonly rules: SyncRules;
  readonly policies: Readonly<Record<string, Policy>>;
  /** An empty deployment. */
  open(): Deployment;
  /** What `sync.ts` exports. */
  readonly functions: Readonly<Record<string, object>>;
  /** The deployment as the user of that name calls it. */
  signIn(deployment: Deployment, name: string): Session | Promise<Session>;
  /** Says who is in a scope, where `syncScopes.ts` reads memberships in tables of yours. */
  readonly setAccess?: SetAccess;
}

/** Lets a user read or write in a scope; `null`: they are not in it any more. */
export type SetAccess = (
  deployment: Deployment,
  member: {
    readonly scope: string;
    readonly scopeId: string;
    readonly userId: string;
    readonly access: ScopeAccess | null;
  },
) => Promise<void>;

/** A deployment of convex-test, whatever its schema. */
export type Deployment = TestConvex<SchemaDefinition<GenericSchema, boolean>>;

/** A deployment as somebody calls it, or nobody. */
export type Session = Pick<Deployment, "query" | "mutation">;

/** One synced table of a project. */
export interface SyncTable extends SyncProject {
  readonly table: string;
  readonly schemaVersion: number;
  /** How many changes `server.rateLimit` lets a user make at once; `null` without it. */
  readonly changesAtOnce: number | null;
  readonly changesSince: FunctionReference<"query">;
  readonly all: FunctionReference<"query">;
  /** `upsertX` and `removeX`; `null` where the table has none. */
  readonly upsert: FunctionReference<"mutation"> | null;
  readonly remove: FunctionReference<"mutation"> | null;
}

/** A device that sends what it is told to, and keeps nothing. */
export interface Device {
  /** Whose device it is; empty for one without a token. */
  readonly userId: string;
  /** The scope that it works in; `null` where the table has none. */
  readonly scopeId: string | null;
  /** A row of the table that this device has seen: made by it where devices may create, else by the server. */
  row(): Promise<WireRow>;
  /** The `clientId` of a new row of another table. */
  rowOf(table: string): Promise<string>;
  /** Changes fields of a row as the device saw it, `seconds` from now. */
  edit(row: WireRow, fields: Fields, seconds?: number): Promise<OpResult>;
  /** Deletes a row as the device saw it. */
  remove(row: WireRow): Promise<OpResult>;
  /** A row's values on the server; `null` when it is deleted, or not this user's, or not in this scope. */
  read(row: { readonly clientId: string }): Promise<Fields | null>;
  /** An op that the table takes: a create of a whole row, else an update, else a delete. */
  draft(): Promise<Op>;
  /** An op as it is given; what is left out has harmless values. */
  op(kind: OpKind, more?: Partial<Op>): Op;
  /** Ops as this device's next batch. */
  batch(...ops: Op[]): PushBatch;
  send(batch: PushBatch): Promise<PushReply>;
  /** Sends ops as the next batch, which has to be taken; a result for each. */
  push(...ops: Op[]): Promise<readonly OpResult[]>;
  pull(name: FunctionReference<"query">, args?: object): Promise<PullReply>;
  /** What the device is told while nothing happens. */
  head(): Promise<Head>;
  /** Calls a function that answers with what became of one row. */
  call(name: FunctionReference<"mutation">, args: object): Promise<OpResult>;
  /** Every document of the deployment, whoever it belongs to. */
  documents(): Promise<readonly StoredDocument[]>;
}

/** A document of a synced table or of the engine's own. */
export interface StoredDocument {
  readonly id: string;
  /** `undefined` for one that belongs to nobody. */
  readonly userId: string | undefined;
  /** It is a row in a scope, which stays when its creator goes. */
  readonly isShared: boolean;
  readonly text: string;
}

/**
 * Two devices of one user, one of another user, and a caller without a token, on an empty deployment. Where the table has
 * a scope, each user works in one of their own; `abroad` is a device of the first one in the other's, where both may write.
 */
export async function openDevices(table: SyncTable) {
  const deployment = table.open();
  const { scope } = rulesOf(table);
  const setAccess = async (
    { userId }: Pick<Device, "userId">,
    scopeId: string | null,
    access: ScopeAccess | null,
    kind = scope,
  ) => {
    if (kind === undefined || scopeId === null) return;
    const member = { scope: kind, scopeId, userId, access };
    await table.setAccess?.(deployment, member);
  };
  const open = async (name: string, ...scopeIds: readonly string[]) => {
    const session = await table.signIn(deployment, name);
    const { userId } = (await session.query(head, {})) as Head;
    for (const scopeId of scopeIds) {
      if (scope === undefined) break;
      await setAccess({ userId }, scopeId, "write");
      checkLetIn((await session.query(head, {})) as Head, scope, scopeId);
    }
    return (scopeId: string) =>
      createDevice(table, { deployment, session, userId, scopeId });
  };
  const own = await open("ana", "anas", "bos");
  const other = await open("bo", "bos");
  const noSession = { deployment, session: deployment, userId: "" };
  return {
    phone: own("anas"),
    tablet: own("anas"),
    abroad: own("bos"),
    stranger: other("bos"),
    nobody: createDevice(table, { ...noSession, scopeId: "anas" }),
    setAccess,
  };
}

/** The rules of the table under test. */
export function rulesOf({ rules, table }: SyncTable) {
  const found = rules[table];
  if (found === undefined) throw new Error(`There is no table ${table}.`);
  return found;
}

const head = makeFunctionReference<"query">("sync:head");
const push = makeFunctionReference<"mutation">("sync:push");

/** Numbers in new rows stay below a thousand: an edit to a thousand is always a greater value. */
let values = 0;

let made = 0;
const newId = () =>
  `01900000-0000-7000-9000-${(made += 1).toString(16).padStart(12, "0")}`;

interface Caller {
  readonly deployment: Deployment;
  readonly session: Session;
  readonly userId: string;
  /** Where it works, in tables with a scope. */
  readonly scopeId: string;
}

/** What says in which scope a call is about a row of the table; nothing where it has none. */
function scopeArgs({ rules }: SyncProject, table: string, scopeId: string) {
  const isScoped =
    Object.hasOwn(rules, table) && rules[table]?.scope !== undefined;
  return isScoped ? { scopeId } : {};
}

function createDevice(of: SyncTable, caller: Caller): Device {
  const { deployment, session, userId } = caller;
  const { operations, uniqueBy } = rulesOf(of);
  const inScope = scopeArgs(of, of.table, caller.scopeId);
  const deviceId = newId();
  let batchSeq = 0;

  const rows = async () => {
    const page = await device.pull(of.all);
    return page.status === "ok" ? page.rows : [];
  };
  const pushOne = async (op: Op) => {
    const [result] = await device.push(op);
    if (result === undefined) throw new Error("The answer has no result.");
    return result;
  };

  const device: Device = {
    userId,
    scopeId: inScope.scopeId ?? null,
    row: async () => {
      const clientId = await makeRow(of, caller, device);
      const row = (await rows()).find((found) => found.clientId === clientId);
      if (row === undefined) throw new Error("The new row cannot be read.");
      return row;
    },
    rowOf: (table) => makeRow({ ...of, table }, caller, device),
    edit: (row, fields, seconds = 0) => {
      const edited = hlcAt(Date.now() + seconds * 1000, "device00");
      const clocks = of.policies[of.table]?.fieldClocks
        ? Object.fromEntries(Object.keys(fields).map((name) => [name, edited]))
        : null;
      return pushOne(
        device.op("update", { ...seen(row), fields, edited, clocks }),
      );
    },
    remove: (row) => pushOne(device.op("delete", seen(row))),
    read: async ({ clientId }) =>
      (await rows()).find((row) => row.clientId === clientId)?.fields ?? null,
    draft: async () => {
      if (operations.includes("create")) {
        const fields = await newFields(of, caller, device);
        return device.op("create", {
          clientId: idOf(of, caller, fields),
          fields,
        });
      }
      const row = await device.row();
      if (!operations.includes("update")) return device.op("delete", seen(row));
      const fields = Object.fromEntries(
        Object.entries(row.fields).filter(([name]) => !uniqueBy.includes(name)),
      );
      return device.op("update", { ...seen(row), fields });
    },
    op: (kind, more = {}) => ({
      opId: newId(),
      table: of.table,
      ...scopeArgs(of, more.table ?? of.table, caller.scopeId),
      clientId: newId(),
      kind,
      fields: {},
      base: null,
      baseStamp: null,
      edited: hlcAt(Date.now(), "device00"),
      clocks: null,
      schemaVersion: of.schemaVersion,
      group: null,
      carriedBy: null,
      ...more,
    }),
    batch: (...ops) => ({
      deviceId,
      batchSeq: (batchSeq += 1),
      batchHash: hashOps(ops),
      schemaVersion: of.schemaVersion,
      ops,
    }),
    send: async (batch) => (await session.mutation(push, batch)) as PushReply,
    push: async (...ops) => {
      const reply = await device.send(device.batch(...ops));
      if (reply.status === "ok") return reply.results;
      throw new Error(`The batch was not taken: ${JSON.stringify(reply)}`);
    },
    pull: async (name, args = {}) =>
      (await session.query(name, {
        cursor: null,
        ...inScope,
        ...args,
      })) as PullReply,
    head: async () => (await session.query(head, {})) as Head,
    call: async (name, args) => {
      const isOfTable = name === of.upsert || name === of.remove;
      const named = isOfTable ? { ...inScope, ...args } : { ...args };
      return (await session.mutation(name, named)) as OpResult;
    },
    documents: () => deployment.run((ctx) => documentsOf(of, ctx)),
  };
  return device;
}

async function documentsOf(
  { rules }: SyncProject,
  { db }: GenericMutationCtx<AnyDataModel>,
): Promise<readonly StoredDocument[]> {
  const found: StoredDocument[] = [];
  const shared = new Map(
    Object.entries(rules).map(
      ([table, { scope }]) =>
        [storedName(rules, table), scope !== undefined] as const,
    ),
  );
  for (const table of [...shared.keys(), ...Object.keys(syncSystemTables)])
    for (const document of await db.query(table).collect()) {
      const { _id: id, userId } = document as Record<string, string>;
      const text = JSON.stringify(convexToJson(document as Value));
      const isShared = shared.get(table) ?? false;
      found.push({ id: id ?? "", userId, isShared, text });
    }
  return found;
}

/** What an op says of the row that its device saw. */
function seen({ clientId, fields, stamp }: WireRow) {
  return { clientId, base: fields, baseStamp: stamp };
}

/** Makes a row of any table, from a device where its rules let devices create; its `clientId`. */
async function makeRow(
  of: SyncTable,
  caller: Caller,
  device: Device,
): Promise<string> {
  const { deployment, userId, scopeId } = caller;
  const fields = await newFields(of, caller, device);
  if (rulesOf(of).operations.includes("create")) {
    const clientId = idOf(of, caller, fields);
    const op = device.op("create", { table: of.table, clientId, fields });
    const [result] = await device.push(op);
    if (result?.outcome === "applied") return clientId;
    const why = [result?.code, result?.message].filter(Boolean).join(", ");
    throw new Error(`No row of ${of.table}: ${why}`);
  }
  const synced = createWriters<AnyDataModel, SyncRules>({
    ...of,
    user: () => Promise.resolve(userId),
  });
  const owner = { userId, ...scopeArgs(of, of.table, scopeId) };
  return await deployment.run((ctx: GenericMutationCtx<AnyDataModel>) =>
    synced(ctx, of.table, owner).insert(fields),
  );
}

/** Values for every field of a new row; the rows that it has to reference are made. */
async function newFields(
  of: SyncTable,
  caller: Caller,
  device: Device,
): Promise<Fields> {
  const fields: Record<string, Fields[string]> = {};
  for (const [name, field] of Object.entries(rulesOf(of).fields)) {
    const parent = field.optional ? undefined : field.references;
    fields[name] =
      parent === undefined
        ? valueOf(field)
        : await makeRow({ ...of, table: parent }, caller, device);
  }
  return fields;
}

function valueOf(field: FieldRules): Fields[string] {
  if (field.merge?.kind === "set") return [];
  if (field.default !== undefined) return field.default;
  if (field.optional) return null;
  values = (values + 1) % 1000;
  const byKind = {
    text: `value ${String(values)}`,
    reference: "",
    integer: values,
    timestamp: values,
    real: values + 0.5,
    boolean: true,
    json: {},
    choice: field.choices?.[0] ?? "",
  };
  return byKind[field.kind];
}

function idOf(
  of: SyncTable,
  { userId, scopeId }: Caller,
  fields: Fields,
): string {
  const { uniqueBy, firstName = of.table, scope } = rulesOf(of);
  const owner = scope === undefined ? userId : scopeId;
  const key = uniqueBy.map((name) => fields[name] ?? null);
  return key.length > 0 ? naturalId(owner, firstName, key) : newId();
}
