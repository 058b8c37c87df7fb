import { getFunctionName, type FunctionReference, type UserIdentity } from "convex/server";
import { vi } from "vitest";
import {
  createConvexBackend,
  type ConvexConnection,
} from "../../../templates/client/sync/convexBackend";
import { BackendError, type Backend } from "../../../templates/client/sync/ports";
import type { GivenRow, ShownRow } from "../../../templates/client/sync/shownRow";
import type { Written } from "../../../templates/client/sync/types";
import type { Fields, ScopeAccess } from "../../../templates/shared/protocol";
import { createLightDeployment } from "../../standins/lightConvex/deployment";
import { anyTable, type AnyWriter } from "../anyTable";
import { createDevice, createManualTime, settle, type Device, type ManualTime } from "../world";
import { appOf, serverOf, type PhoneTables } from "./project";

/** What lies between a phone and the server. Nothing goes wrong until it is told to. */
export interface PhoneNetwork {
  /** How many pushes, from now on, take effect without the phone hearing of it. */
  lostAnswers: number;
  /** How many pushes, from now on, never reach the server. */
  lostRequests: number;
  /** Every push throws on the server. */
  isServerDown: boolean;
  /** Every push of anything throws on the server. */
  failsOnOps: boolean;
  /** The live query of the head tells nothing. */
  isDeaf: boolean;
  /** Answers of pushes wait from now on. */
  holdAnswers(): void;
  releaseAnswers(): void;
  /** Pages that were asked for wait from now on. */
  holdPages(): void;
  releasePages(): void;
}

/** A phone of one user: the real engine over a real SQLite database. */
export interface Phone {
  /** The app as it runs now. */
  readonly device: Device;
  readonly network: PhoneNetwork;
  table(name: string): AnyWriter;
  /** Updates that land, or are rejected, together. */
  batch(updates: readonly PhoneUpdate[]): Promise<Written[]>;
  /** A row as a hook gives it. */
  shown(table: string, clientId: string): Promise<ShownRow>;
  ops(): ReturnType<Device["ops"]>;
  /** The app is killed and opened again. */
  restart(): Promise<void>;
}

export interface PhoneUpdate {
  readonly table: string;
  readonly row: GivenRow;
  readonly values: object;
}

/** Some phones of one user, or of several, and the server's real functions over a stand-in for Convex. */
export interface Phones {
  readonly time: ManualTime;
  /** A new phone; `user`: whose, `ann`'s unless said. */
  phone(user?: string): Promise<Phone>;
  /** The project lets the user into the scope, or takes them out of it (`null`). */
  setAccess(user: string, scopeId: string, access: ScopeAccess | null): Promise<void>;
  /** The server removes what is left of rows that were deleted longer ago than phones may stay away. */
  collectGarbage(): Promise<void>;
  /** The live rows of a table on the server, by id. */
  stored(table: string): Promise<Readonly<Record<string, Fields>>>;
}

const issuer = "https://issuer";
const identityOf = (user: string): UserIdentity => ({
  subject: user,
  issuer,
  tokenIdentifier: `${issuer}|${user}`,
});

/**
 * A server with these tables, as many phones as a test wants, and one clock for all of them. `Date` is faked until
 * `vi.useRealTimers()`.
 */
export function createPhones(tables: PhoneTables, seed = 7): Phones {
  const app = appOf(tables);
  const deployment = createLightDeployment(serverOf(tables));
  const time = createManualTime(seed);
  vi.useFakeTimers({ now: time.now, toFake: ["Date"] });
  const bells = new Set<() => void>();

  const call = (user: string, name: string, args: object) => {
    vi.setSystemTime(time.now);
    return deployment.call(identityOf(user), name, args);
  };
  const ringAll = () => {
    for (const ring of [...bells]) ring();
  };
  const connectionOf = (user: string) => ({
    query: (name: FunctionReference<"query">, args: object) =>
      call(user, getFunctionName(name), args),
    mutation: async (name: FunctionReference<"mutation">, args: object) => {
      const reply = await call(user, getFunctionName(name), args);
      ringAll();
      return reply;
    },
    onUpdate: (
      name: FunctionReference<"query">,
      args: object,
      onValue: (value: unknown) => void,
      onError: (error: unknown) => void,
    ) => {
      const ring = () => {
        call(user, getFunctionName(name), args).then((value) => {
          if (bells.has(ring)) onValue(value);
        }, onError);
      };
      bells.add(ring);
      ring();
      return () => void bells.delete(ring);
    },
  });

  return {
    time,
    setAccess: async (user, scopeId, access) => {
      const scope = Object.values(tables).find((table) => table.scope !== undefined)?.scope;
      await call(user, "members:set", { scope, scopeId, access });
      ringAll();
    },
    collectGarbage: async () => {
      await call("nobody", "sync:collectGarbage", {});
      ringAll();
    },
    phone: async (user = "ann") => {
      // Safe: this is all that the backend uses of a client with `onUpdate`.
      const connection = connectionOf(user) as unknown as ConvexConnection;
      const { network, backend } = createNetwork(createConvexBackend(app.registry, connection));
      const account = identityOf(user).tokenIdentifier;
      let device = await createDevice({ server: { backend }, time, account, ...app });
      const start = async () => {
        await device.sync.start();
        await settle();
      };
      await start();
      return {
        get device() {
          return device;
        },
        network,
        table: (name) => anyTable(device, name),
        batch: (updates) =>
          device.sync.batch((writers) => {
            // Safe: the phone has the tables of its test.
            const any = writers as unknown as Record<string, Pick<AnyWriter, "update">>;
            for (const { table, row, values } of updates) void any[table]?.update(row, values);
          }),
        shown: async (table, clientId) => {
          const row = await device.row(table, clientId);
          if (row === null) throw new Error(`${table} shows no such row.`);
          const { fields, ...columns } = row;
          return { ...fields, ...columns };
        },
        ops: () => device.ops(),
        restart: async () => {
          // What is on its way finds the app gone.
          network.releaseAnswers();
          network.releasePages();
          device = await device.restart();
          await start();
        },
      };
    },
    stored: (table) =>
      deployment.run(async (db) => {
        const { fields } = tables[table] ?? { fields: {} };
        const live = (await db.query(table).collect()).filter((row) => row["deletedAt"] === null);
        return Object.fromEntries(
          live.map((row) => [
            String(row["clientId"]),
            Object.fromEntries(Object.keys(fields).map((field) => [field, row[field] ?? null])),
          ]),
        ) as Readonly<Record<string, Fields>>;
      }),
  };
}

function createNetwork(server: Backend): { network: PhoneNetwork; backend: Backend } {
  const answers = createGate();
  const pages = createGate();
  const network: PhoneNetwork = {
    lostAnswers: 0,
    lostRequests: 0,
    isServerDown: false,
    failsOnOps: false,
    isDeaf: false,
    holdAnswers: answers.close,
    releaseAnswers: answers.open,
    holdPages: pages.close,
    releasePages: pages.open,
  };
  const backend: Backend = {
    ...server,
    push: async (batch) => {
      if (network.isServerDown || (network.failsOnOps && batch.ops.length > 0))
        throw new BackendError("server", "down");
      if (network.lostRequests > 0) {
        network.lostRequests -= 1;
        throw new BackendError("network", "lost on the way to the server");
      }
      const reply = await server.push(batch);
      await answers.passed();
      if (network.lostAnswers > 0) {
        network.lostAnswers -= 1;
        throw new BackendError("network", "lost on the way back");
      }
      return reply;
    },
    subscribe: (onHead, onError) =>
      server.subscribe((head) => {
        if (!network.isDeaf) onHead(head);
      }, onError),
    pull: async (request) => {
      const reply = await server.pull(request);
      await pages.passed();
      return reply;
    },
  };
  return { network, backend };
}

/** Lets everybody pass while it is open, as at first. */
function createGate() {
  let closed: Promise<void> | null = null;
  let letPass = () => undefined as void;
  return {
    close: () => {
      closed ??= new Promise((resolve) => (letPass = resolve));
    },
    open: () => {
      closed = null;
      letPass();
    },
    passed: async () => closed,
  };
}
