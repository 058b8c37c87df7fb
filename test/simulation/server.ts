import { convexTest } from "convex-test";
import { makeFunctionReference, type FunctionReference } from "convex/server";
import { modules, schema, tableNames, type TableName } from "./project";

/** A row as the server stores it. */
export interface ServerDocument {
  readonly _id: string;
  readonly clientId: string;
  readonly userId: string;
  readonly changed: bigint;
  readonly deletedAt: number | null;
  readonly edited: string;
  readonly opId: string | null;
  readonly clocks: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The deployment: the emitted functions over Convex's test database. One call at a time, as Convex's transactions are. */
export interface SimulatedServer {
  /** What the server's clock shows, ms. */
  clockSkew: number;
  call(
    user: string | null,
    kind: "query" | "mutation",
    name: FunctionReference<"query" | "mutation">,
    args: Record<string, unknown>,
  ): Promise<unknown>;
  rows(table: TableName): Promise<readonly ServerDocument[]>;
  collectTombstones(): Promise<void>;
  readEpoch(): Promise<string>;
  /** Everything stored. */
  backUp(): Promise<Backup>;
  /** The deployment as it was at the backup, in a new epoch. */
  restore(backup: Backup): Promise<void>;
}

export type Backup = readonly { readonly table: string; readonly document: StoredDocument }[];
type StoredDocument = Readonly<Record<string, unknown>> & {
  readonly _id: string;
  readonly _creationTime: number;
};

/** The name of a simulated user as the reference project makes it from the token. */
export const userIdOf = (user: string) => `https://issuer|${user}`;

const systemTables = ["syncReceipts", "syncDevices", "syncHorizons", "syncEpochs"];
const realNow = Date.now;
const realRandom = Math.random;
const realBytes = crypto.getRandomValues.bind(crypto);

/** An empty deployment. `now`: true time; `random`: the chance that its functions see. */
export function createServer(now: () => number, random: () => number): SimulatedServer {
  let deployment = convexTest({ schema, modules, transactionLimits: true });
  let latest = 0;

  /** The functions under test read the clock of the server, and nothing else does. */
  async function withServerTime<Result>(task: () => Promise<Result>): Promise<Result> {
    latest = Math.max(latest, now());
    const time = now() + server.clockSkew;
    Date.now = () => time;
    Math.random = random;
    setRandomBytes((bytes) => {
      if (bytes instanceof Uint8Array)
        for (let index = 0; index < bytes.length; index += 1)
          bytes[index] = Math.floor(random() * 256);
      return bytes;
    });
    try {
      return await task();
    } finally {
      Date.now = realNow;
      Math.random = realRandom;
      setRandomBytes(realBytes);
    }
  }

  // Safe: the reference project's tables are not known to these types; every document is looked at as data.
  const dump = () =>
    withServerTime(() =>
      deployment.run(async (ctx) => {
        const found: { table: string; document: StoredDocument }[] = [];
        for (const table of [...systemTables, ...tableNames])
          for (const document of await ctx.db.query(table as "syncReceipts").collect())
            found.push({ table, document: document });
        return found;
      }),
    );

  const server: SimulatedServer = {
    clockSkew: 0,
    call: (user, kind, name, args) =>
      withServerTime(async () => {
        const session =
          user === null
            ? deployment
            : deployment.withIdentity({
                subject: user,
                issuer: "https://issuer",
                tokenIdentifier: userIdOf(user),
              });
        // Arguments cross a network: nothing is shared between the two sides.
        const sent = structuredClone(args);
        const reply: unknown =
          kind === "query"
            ? await session.query(name as FunctionReference<"query">, sent)
            : await session.mutation(name as FunctionReference<"mutation">, sent);
        return structuredClone(reply);
      }),
    rows: (table) =>
      withServerTime(() =>
        deployment.run(
          async (ctx) =>
            // Safe: a document of a synced table.
            (await ctx.db.query(table).collect()) as unknown as ServerDocument[],
        ),
      ),
    collectTombstones: () =>
      withServerTime(async () => {
        await deployment.mutation(makeFunctionReference<"mutation">("sync:collectTombstones"), {});
      }),
    readEpoch: () =>
      withServerTime(() =>
        deployment.run(async (ctx) => (await ctx.db.query("syncEpochs").first())?.epoch ?? "1"),
      ),
    backUp: dump,
    restore: (backup) =>
      withServerTime(async () => {
        deployment = convexTest({ schema, modules, transactionLimits: true });
        await deployment.run(async (ctx) => {
          const ids = new Map<string, string>();
          for (const { table, document } of backup) {
            const { _id, _creationTime, ...rest } = document;
            void _creationTime;
            const receipt = ids.get(String(rest["receipt"]));
            const values = receipt === undefined ? rest : { ...rest, receipt };
            // Safe: the values were stored in this table before.
            ids.set(_id, await ctx.db.insert(table as "syncEpochs", values as never));
          }
        });
        await deployment.mutation(makeFunctionReference<"mutation">("sync:startEpoch"), {});
      }),
  };
  return server;
}

function setRandomBytes(value: typeof crypto.getRandomValues): void {
  Object.defineProperty(crypto, "getRandomValues", { value, configurable: true, writable: true });
}
