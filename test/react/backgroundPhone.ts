import { getFunctionName, type FunctionReference, type UserIdentity } from "convex/server";
import { defineBackgroundTask } from "../../templates/client/providers/backgroundTask";
import { openSync, type SyncParts } from "../../templates/client/providers/openSync";
import { openSession } from "../../templates/client/providers/openSession";
import { readAccount, writeAccount } from "../../templates/client/providers/rememberedAccount";
import type { BackgroundConnection } from "../../templates/client/providers/syncInBackground";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import type { Registry } from "../../templates/client/sync/registry";
import type { Sync } from "../../templates/client/sync/types";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { anyTable } from "../client/anyTable";
import { appOf, serverOf } from "../client/phones/project";
import { settle } from "../client/world";
import { endProcess, runTasks } from "../standins/expoTaskManager";
import { createLightDeployment } from "../standins/lightConvex/deployment";

const tables = {
  notes: { policy: mobileWins, fields: { text: { kind: "text", optional: false } } },
} as const;

/** The app's part of the project. */
export const app = appOf(tables);

const issuer = "https://issuer";

/** Who has this name, as the server names them. */
export function accountOf(name: string): string {
  return `${issuer}|${name}`;
}

/** A connection of the app or of a background task. */
export interface Line {
  readonly convex: ConvexConnection;
  isClosed: boolean;
}

/** A phone, the real functions that it talks to, and what is between them. */
export class BackgroundPhone {
  readonly #deployment = createLightDeployment(serverOf(tables));
  readonly #bells = new Set<() => void>();
  /** Every connection that was made. */
  readonly lines: Line[] = [];
  /** Names of the functions that were called. */
  readonly calls: string[] = [];
  /** Whose token the clients have. */
  token: string | null = "ann";
  /** While it is set, pushes take effect, and their answers wait. */
  #held: Promise<void> | null = null;
  #release: () => void = () => undefined;

  holdAnswers(): void {
    this.#held = new Promise((resolve) => (this.#release = resolve));
  }

  releaseAnswers(): void {
    this.#held = null;
    this.#release();
  }

  /** Live queries that are still open. */
  get liveQueries(): number {
    return this.#bells.size;
  }

  /** A client with the token that there is. */
  connect(): Line {
    const identity: UserIdentity | null =
      this.token === null
        ? null
        : { subject: this.token, issuer, tokenIdentifier: accountOf(this.token) };
    const call = (name: FunctionReference<"query" | "mutation">, args: object) => {
      this.calls.push(getFunctionName(name));
      return this.#deployment.call(identity, getFunctionName(name), args);
    };
    const line: Line = {
      isClosed: false,
      // Safe: this is all that is used of a client with `onUpdate`.
      convex: {
        query: call,
        mutation: async (name: FunctionReference<"mutation">, args: object) => {
          const reply = await call(name, args);
          for (const ring of [...this.#bells]) ring();
          await this.#held;
          return reply;
        },
        onUpdate: (
          name: FunctionReference<"query">,
          args: object,
          onValue: (value: unknown) => void,
          onError: (error: unknown) => void,
        ) => {
          const ring = () => {
            call(name, args).then((value) => {
              if (this.#bells.has(ring)) onValue(value);
            }, onError);
          };
          this.#bells.add(ring);
          ring();
          return () => void this.#bells.delete(ring);
        },
        close: async () => {
          line.isClosed = true;
        },
      } as unknown as ConvexConnection,
    };
    this.lines.push(line);
    return line;
  }

  /** What `connectInBackground` is in most apps. */
  readonly connectInBackground = async (): Promise<BackgroundConnection | null> => {
    const account = await readAccount();
    return account === null ? null : { account, convex: this.connect().convex };
  };

  /** The app's entry runs, and nothing is rendered. */
  start(connect = this.connectInBackground, everyMinutes = 15): void {
    endProcess();
    defineBackgroundTask({ ...app, connect }, everyMinutes);
  }

  /** The platform runs the task: what it resulted in. */
  async run(): Promise<unknown> {
    await settle();
    const [result] = await runTasks();
    return result;
  }

  /** Ann opened the app before, wrote `texts` without a network, and closed it. */
  async wroteOffline(...texts: readonly string[]): Promise<void> {
    await writeAccount(accountOf("ann"));
    await this.useDatabase(async (sync) => {
      for (const text of texts) await anyTable({ sync }, "notes").create({ text });
    });
  }

  /** What an engine over the database of `name` finds, and may do to it. */
  async useDatabase<T>(
    work: (sync: Sync<Registry>, parts: SyncParts<Registry>) => Promise<T>,
    name = "ann",
  ): Promise<T> {
    const account = accountOf(name);
    const { session, close } = openSession(account, app.migrations, () => undefined, {
      onWaiting: () => undefined,
      signal: new AbortController().signal,
    });
    const { database } = await session;
    const { registry } = app;
    const { convex } = this.connect();
    const parts = { registry, database, convex, account };
    const opened = await openSync(parts);
    try {
      return await work(opened.sync, parts);
    } finally {
      await opened.close();
      await close();
    }
  }

  /** How many edits wait on the phone. */
  waiting(): Promise<number> {
    return this.useDatabase((sync) => sync.pendingCount("notes"));
  }

  /** Texts of the notes on the server. */
  stored(): Promise<readonly string[]> {
    return this.#deployment.run(async (db) =>
      (await db.query("notes").collect()).map((row) => String(row["text"])).sort(),
    );
  }
}
