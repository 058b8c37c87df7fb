import { configure, render } from "@testing-library/react";
import { StrictMode, type ReactNode } from "react";
import type { Migrations } from "../../templates/client/db/database";
import { DatabaseProvider } from "../../templates/client/providers/DatabaseProvider";
import type { OpenedSync, SyncParts } from "../../templates/client/providers/openSync";
import { SyncProvider } from "../../templates/client/providers/SyncProvider";
import {
  appLifecycle,
  createIds,
  systemClock,
  systemTimers,
} from "../../templates/client/sync/platform";
import { createSqliteStore } from "../../templates/client/sync/SqliteStore";
import { createSync } from "../../templates/client/sync/SyncService";
import type { Sync } from "../../templates/client/sync/types";
import { makeMigrations, registry } from "./project";
import { ScriptedBackend } from "./scriptedBackend";

// What is waited for comes; on a busy machine, later than after Testing Library's second.
configure({ asyncUtilTimeout: 15_000 });

export const migrations: Migrations = await makeMigrations();

/** One device: its network, the server it talks to, and the engines that were opened on it. */
export class TestDevice {
  readonly backend = new ScriptedBackend();
  readonly engines: Sync<typeof registry>[] = [];
  /** What the engines read, as SQL. */
  readonly selects: string[] = [];
  readonly #networkListeners = new Set<(online: boolean) => void>();
  #online = true;

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
    const sync = createSync({
      registry,
      account,
      ports: {
        store: createSqliteStore(registry, {
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
    return (
      <DatabaseProvider account={account} migrations={migrations} fallback={<p>opening</p>}>
        <SyncProvider
          registry={registry}
          // The engine is opened over the backend above instead.
          convex={this.backend as never}
          account={account}
          open={this.open}
        >
          {children}
        </SyncProvider>
      </DatabaseProvider>
    );
  }

  render(children: ReactNode, options: { readonly strict?: boolean } = {}) {
    const app = this.wrap(children);
    return render(options.strict === true ? <StrictMode>{app}</StrictMode> : app);
  }
}
