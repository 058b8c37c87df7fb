import { makeFunctionReference, type FunctionReference } from "convex/server";
import { deploymentOf } from "../../templates/shared/epoch";
import { createDeployment, type DeploymentKind } from "./deployments";
import { tableNames, type TableName } from "./project";

/** A row as the server stores it. */
export interface ServerDocument {
  readonly _id: string;
  readonly clientId: string;
  readonly userId: string;
  /** The scope that the row is in. */
  readonly scopeId?: string;
  readonly changed: bigint;
  readonly deletedAt: number | null;
  readonly edited: string;
  readonly opId: string | null;
  readonly clocks: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** The deployment: the emitted functions over a stand-in for Convex. One call at a time, as Convex's transactions are. */
export interface SimulatedServer {
  /** What the server's clock shows, ms. */
  clockSkew: number;
  /** As its devices will hear of it. */
  epoch: string;
  call(
    user: string | null,
    kind: "query" | "mutation",
    name: FunctionReference<"query" | "mutation">,
    args: Record<string, unknown>,
  ): Promise<unknown>;
  rows(table: TableName): Promise<readonly ServerDocument[]>;
  collectGarbage(): Promise<void>;
  /** The account of the user is deleted. */
  forgetUser(userId: string): Promise<void>;
  /** The project deletes the scope. */
  forgetScope(scope: string, scopeId: string): Promise<void>;
  /** Everything stored. */
  backUp(): Promise<Backup>;
  /** The documents as they were at the backup, as `convex import --replace-all` brings them back, in a new epoch. */
  restore(backup: Backup): Promise<void>;
}

export type Backup = readonly { readonly table: string; readonly document: StoredDocument }[];
type StoredDocument = Readonly<Record<string, unknown>> & {
  readonly _id: string;
  readonly _creationTime: number;
};

/** The name of a simulated user as the reference project makes it from the token. */
export const userIdOf = (user: string) => `https://issuer|${user}`;

const systemTables = [
  "syncReceipts",
  "syncCopiedOps",
  "syncDevices",
  "syncHorizons",
  "syncEpochs",
  "syncMembers",
  "staff",
];
const realNow = Date.now;
const realRandom = Math.random;
const realBytes = crypto.getRandomValues.bind(crypto);

/** An empty deployment. `now`: true time; `random`: the chance that its functions see. */
export function createServer(
  now: () => number,
  random: () => number,
  kind: DeploymentKind,
): SimulatedServer {
  const deployment = createDeployment[kind]();

  /** The functions under test read the clock of the server, and nothing else does. */
  async function withServerTime<Result>(task: () => Promise<Result>): Promise<Result> {
    const time = now() + server.clockSkew;
    Date.now = () => time;
    Math.random = random;
    crypto.getRandomValues = (bytes) => {
      if (bytes instanceof Uint8Array)
        for (let index = 0; index < bytes.length; index += 1)
          bytes[index] = Math.floor(Math.random() * 256);
      return bytes;
    };
    try {
      return await task();
    } finally {
      Date.now = realNow;
      Math.random = realRandom;
      crypto.getRandomValues = realBytes;
    }
  }

  const mutate = (name: string, args = {}) =>
    deployment.call(null, "mutation", makeFunctionReference<"mutation">(name), args);

  const readEpoch = () =>
    deployment.run(async (db) => String((await db.query("syncEpochs").first())?.["epoch"] ?? "1"));

  const server: SimulatedServer = {
    clockSkew: 0,
    epoch: "1",
    call: (user, kind, name, args) =>
      withServerTime(async () => {
        const issuer = "https://issuer";
        const caller =
          user === null ? null : { subject: user, issuer, tokenIdentifier: userIdOf(user) };
        const answer = await deployment.call(caller, kind, name, args);
        // The first mutation gives the deployment its identity.
        if (kind === "mutation" && deploymentOf(server.epoch) === null)
          server.epoch = await readEpoch();
        return answer;
      }),
    rows: (table) =>
      withServerTime(() =>
        deployment.run(
          async (db) =>
            // Safe: a document of a synced table.
            (await db.query(table).collect()) as unknown as ServerDocument[],
        ),
      ),
    collectGarbage: () =>
      withServerTime(async () => {
        await mutate("sync:collectGarbage");
      }),
    forgetUser: (userId) =>
      withServerTime(async () => {
        await mutate("web:leaveRooms", { user: userId });
        await mutate("sync:forgetUser", { userId });
      }),
    forgetScope: (scope, scopeId) =>
      withServerTime(async () => {
        if (scope === "room") await mutate("web:closeRoom", { place: scopeId });
        await mutate("sync:forgetScope", { scope, scopeId });
      }),
    backUp: () =>
      withServerTime(() =>
        deployment.run(async (db) => {
          const found: { table: string; document: StoredDocument }[] = [];
          for (const table of [...systemTables, ...tableNames])
            for (const document of await db.query(table).collect()) found.push({ table, document });
          return found;
        }),
      ),
    restore: (backup) =>
      withServerTime(async () => {
        await deployment.run(async (db) => {
          for (const table of [...systemTables, ...tableNames])
            for (const { _id } of await db.query(table).collect()) await db.delete(table, _id);
          const ids = new Map<string, string>();
          for (const { table, document } of backup) {
            const { _id, _creationTime, ...rest } = document;
            void _creationTime;
            const receipt = ids.get(String(rest["receipt"]));
            const values = receipt === undefined ? rest : { ...rest, receipt };
            ids.set(_id, await db.insert(table, values));
          }
        });
        await mutate("sync:startEpoch");
        server.epoch = await readEpoch();
      }),
  };
  return server;
}
