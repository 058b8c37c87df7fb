import { configure, render } from "@testing-library/react";
import { drizzle } from "drizzle-orm/expo-sqlite";
import { Fragment, StrictMode, useState, type ReactNode } from "react";
import type { Migrations, OpenedDatabase } from "../../templates/client/db/database";
import { DatabaseProvider } from "../../templates/client/providers/DatabaseProvider";
import {
  DatabaseContext,
  useDatabaseSession,
} from "../../templates/client/providers/databaseContext";
import type { OpenedSync, SyncParts } from "../../templates/client/providers/openSync";
import { SyncProvider } from "../../templates/client/providers/SyncProvider";
import {
  appLifecycle,
  createIds,
  systemClock,
  systemTimers,
} from "../../templates/client/sync/platform";
import type { Registry } from "../../templates/client/sync/registry";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { createSync } from "../../templates/client/sync/SyncService";
import type { Sync } from "../../templates/client/sync/types";
import { connectionTo } from "../standins/expoSqlite";
import { makeMigrations, registry } from "./project";
import { ScriptedBackend } from "./scriptedBackend";

// What is waited for comes; on a busy machine, later than after Testing Library's second.
configure({ asyncUtilTimeout: 15_000 });

export const migrations: Migrations = await makeMigrations();

/** What the hooks read with: the driver that is emitted, or Drizzle's own for expo-sqlite. */
export type Reads = "the emitted driver" | "drizzle-orm/expo-sqlite";

/** Gives what is below it a database that is read through Drizzle's own driver, on the same connection. */
function ExpoReads({ children }: { readonly children: ReactNode }): ReactNode {
  const session = useDatabaseSession();
  const [own] = useState(() => {
    const { database } = session;
    const expo = drizzle(connectionTo(database.name) as never);
    // Safe: queries of both are awaited, and this one's rows are there at once.
    const read = expo as unknown as typeof database.drizzle;
    return { ...session, database: { ...database, drizzle: read } };
  });
  return <DatabaseContext value={own}>{children}</DatabaseContext>;
}

/** The tables of an app. */
export interface TestProject {
  readonly registry: Registry;
  readonly migrations: Migrations;
}

/** One device: its network, the server it talks to, and the engines that were opened on it. */
export class TestDevice {
  readonly backend = new ScriptedBackend();
  readonly engines: Sync<typeof registry>[] = [];
  /** The databases of these engines. */
  readonly databases: OpenedDatabase[] = [];
  /** What the engines read, as SQL. */
  readonly selects: string[] = [];
  readonly reads: Reads;
  readonly project: TestProject;
  readonly #networkListeners = new Set<(online: boolean) => void>();
  #online = true;

  constructor(
    reads: Reads = "the emitted driver",
    project: TestProject = { registry, migrations },
  ) {
    this.reads = reads;
    this.project = project;
  }

  setOnline(online: boolean): void {
    this.#online = online;
    for (const listener of [...this.#networkListeners]) listener(online);
  }

  /** The engine that runs now. */
  get sync(): Sync<typeof registry> {
    const engine = this.engines.at(-1);
    if (engine === undefined) throw new Error("No engine was opened.");
    return engine;
  }

  readonly open = async ({
    database,
    account,
  }: SyncParts<typeof registry>): Promise<OpenedSync<typeof registry>> => {
    const tables = this.project.registry;
    this.databases.push(database);
    const sync = createSync({
      // Tests of other tables write to them by name.
      registry: tables as typeof registry,
      account,
      ports: {
        store: createSqliteStore(tables, {
          ...database.driver,
          select: (sql, parameters) => {
            this.selects.push(sql);
            return database.driver.select(sql, parameters);
          },
        }),
        backend: this.backend,
        clock: systemClock,
        ids: await createIds(database.driver),
        timers: systemTimers,
        network: {
          isOnline: () => this.#online,
          subscribe: (listener) => {
            this.#networkListeners.add(listener);
            return () => void this.#networkListeners.delete(listener);
          },
        },
        lifecycle: appLifecycle,
        lease: { run: (task) => task() },
      },
    });
    this.engines.push(sync);
    return { sync, close: () => sync.dispose() };
  };

  /** The providers around `children`, as `OfflineProvider` puts them. */
  wrap(children: ReactNode, account = "ada"): ReactNode {
    const Reader = this.reads === "the emitted driver" ? Fragment : ExpoReads;
    return (
      <DatabaseProvider
        account={account}
        migrations={this.project.migrations}
        fallback={<p>opening</p>}
      >
        <Reader>
          <SyncProvider
            registry={this.project.registry as typeof registry}
            // The engine is opened over the backend above instead.
            convex={this.backend as never}
            account={account}
            open={this.open}
          >
            {children}
          </SyncProvider>
        </Reader>
      </DatabaseProvider>
    );
  }

  render(children: ReactNode, options: { readonly strict?: boolean } = {}) {
    const app = this.wrap(children);
    return render(options.strict === true ? <StrictMode>{app}</StrictMode> : app);
  }

  /** Runs a hook and keeps what it gave last. */
  observe<T>(hook: () => T): { readonly last: T; readonly renders: number } {
    const seen = { last: undefined as T, renders: 0 };
    function Observer(): ReactNode {
      seen.last = hook();
      seen.renders += 1;
      return <p>ready</p>;
    }
    this.render(<Observer />);
    return seen;
  }
}
