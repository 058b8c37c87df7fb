// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { StrictMode, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { databaseName } from "../../templates/client/db/client";
import { useSync } from "../../templates/client/hooks/syncContext";
import { useSignOut, type SignOutResult } from "../../templates/client/hooks/useSignOut";
import { AccountProvider } from "../../templates/client/providers/AccountProvider";
import { openAppSync } from "../../templates/client/providers/appSync";
import { DatabaseProvider } from "../../templates/client/providers/DatabaseProvider";
import { ShownAccount } from "../../templates/client/providers/ShownAccount";
import { SyncProvider } from "../../templates/client/providers/SyncProvider";
import { readAccount } from "../../templates/client/providers/rememberedAccount";
import { systemTimers } from "../../templates/client/sync/platform";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import type { Sync } from "../../templates/client/sync/types";
import { anyTable } from "../client/anyTable";
import { BackgroundTaskResult, expire } from "../standins/expoBackgroundTask";
import { connectionTo, deleteDatabaseAsync, resetDatabases } from "../standins/expoSqlite";
import { endProcess } from "../standins/expoTaskManager";
import { accountOf, app, BackgroundPhone } from "./backgroundPhone";

const { Failed, Success } = BackgroundTaskResult;
const file = databaseName(accountOf("ann"));
let phone: BackgroundPhone;
let signOut: ReturnType<typeof useSignOut>;
let sync: Sync;

beforeEach(() => {
  resetDatabases();
  endProcess("removed");
  phone = new BackgroundPhone();
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Home(): ReactNode {
  signOut = useSignOut();
  sync = useSync();
  return <p>home</p>;
}

/** What `OfflineProvider` is with `client.background`. */
function App({ convex }: { readonly convex: ConvexConnection }): ReactNode {
  const { registry, migrations } = app;
  return (
    <AccountProvider registry={registry} convex={convex} signedOut={<p>signed out</p>}>
      {(account) => (
        <ShownAccount>
          <DatabaseProvider account={account} migrations={migrations}>
            <SyncProvider registry={registry} convex={convex} account={account} open={openAppSync}>
              <Home />
            </SyncProvider>
          </DatabaseProvider>
        </ShownAccount>
      )}
    </AccountProvider>
  );
}

/** Ann opens the app, in which everything is synced. */
async function openApp(): Promise<void> {
  const { convex } = phone.connect();
  render(
    <StrictMode>
      <App convex={convex} />
    </StrictMode>,
  );
  await screen.findByText("home");
  await waitFor(() => expect(sync.getStatus().phase).toBe("idle"));
}

/** The task finds out who is signed in as soon as what this gives back is called, once it is asked. */
function startConnecting(): () => (() => void) | null {
  let connect: (() => void) | null = null;
  phone.start(async () => {
    const account = await readAccount();
    await new Promise<void>((resolve) => (connect = resolve));
    return account === null ? null : { account, convex: phone.connect().convex };
  });
  return () => connect;
}

/** Nobody but the app has connected. */
const onlyTheApp = () => expect(phone.lines).toHaveLength(1);

describe("a task while the app is running", () => {
  it.each(["visible", "hidden"] as const)("lets the %s app sync", async (visibility) => {
    phone.start();
    await openApp();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue(visibility);
    if (visibility === "hidden") document.dispatchEvent(new Event("visibilitychange"));
    phone.calls.length = 0;

    expect(await act(() => phone.run())).toBe(Success);

    expect(phone.calls).toEqual(["sync:head"]);
    onlyTheApp();
    expect(sync.getStatus().phase).toBe("idle");
  });

  it("fails with the app's engine", async () => {
    phone.start();
    await openApp();
    phone.holdAnswers();
    void anyTable({ sync }, "notes").create({ text: "a" });
    await vi.waitFor(() => expect(phone.calls).toContain("sync:push"));

    const running = phone.run();
    await vi.waitFor(() => expect(expire()).toBe(1));

    expect(await running).toBe(Failed);
    phone.releaseAnswers();
    await waitFor(() => expect(sync.getStatus().phase).toBe("idle"));
    expect(await phone.stored()).toEqual(["a"]);
    onlyTheApp();
  });

  it("does nothing while the app's engine is stopped for a sign-out", async () => {
    phone.start();
    await openApp();
    await act(() => sync.stop());
    phone.calls.length = 0;

    expect(await act(() => phone.run())).toBe(Success);

    expect(phone.calls).toEqual([]);
  });

  it("waits for an engine that is only starting", async () => {
    await phone.wroteOffline("a");
    phone.start();
    render(<ShownAccount>an app that opens its database</ShownAccount>);
    const running = phone.run();
    const lines = phone.lines.length;
    await openApp();

    expect(await act(() => running)).toBe(Success);

    expect(phone.lines).toHaveLength(lines + 1);
    expect(await phone.stored()).toEqual(["a"]);
  });

  it("does not wait for ever for one that does not start", async () => {
    await phone.wroteOffline("a");
    phone.start();
    const { after } = systemTimers;
    vi.spyOn(systemTimers, "after").mockImplementation((delay, task) =>
      after(delay === 10_000 ? 0 : delay, task),
    );
    render(<ShownAccount>an app whose database does not open</ShownAccount>);

    expect(await phone.run()).toBe(Failed);

    expect(await phone.stored()).toEqual([]);
  });

  it("is stopped while it waits for one", async () => {
    await phone.wroteOffline("a");
    phone.start();
    render(<ShownAccount>an app whose database does not open</ShownAccount>);
    const running = phone.run();
    await vi.waitFor(() => expect(expire()).toBe(1));

    expect(await running).toBe(Failed);
  });

  it("opens the database itself once the app shows nothing any more", async () => {
    phone.start();
    await openApp();
    cleanup();
    await phone.wroteOffline("a");

    expect(await phone.run()).toBe(Success);

    expect(await phone.stored()).toEqual(["a"]);
  });
});

describe("the app is opened while the task runs", () => {
  it("I2, I3: the task's engine ends first, then the app's sends what is left, once", async () => {
    await phone.wroteOffline("a");
    phone.start();
    phone.holdAnswers();
    const running = phone.run();
    await vi.waitFor(() => expect(phone.calls).toContain("sync:push"));
    const own = phone.lines.at(-1);

    const opening = openApp();
    await waitFor(() => expect(own?.isClosed).toBe(true));
    phone.releaseAnswers();
    await opening;

    expect(await act(() => running)).toBe(Success);
    expect(sync.getStatus().pendingCount).toBe(0);
    expect(await phone.stored()).toEqual(["a"]);
    // The app's own sign-out may delete the file: nobody else has it open.
    expect(connectionTo(file).uses).toBe(1);
  });

  it("the task that has not opened anything yet leaves it to the app", async () => {
    await phone.wroteOffline("a");
    const lines = phone.lines.length;
    const connect = startConnecting();
    const running = phone.run();
    const connected = await vi.waitUntil(connect);
    await openApp();

    expect(await act(() => running)).toBe(Success);
    expect(phone.calls).toContain("sync:changes_notes");
    expect(phone.lines).toHaveLength(lines + 1);
    phone.calls.length = 0;

    connected();

    await vi.waitFor(() => expect(phone.lines.at(-1)?.isClosed).toBe(true));
    expect(phone.lines).toHaveLength(lines + 2);
    expect(phone.calls).toEqual([]);
  });
});

describe("a task while somebody signs out", () => {
  it("opens no database anew that is being deleted", async () => {
    phone.start();
    await openApp();
    let result: SignOutResult | null = null;
    const leaving = act(async () => {
      result = await signOut("discard");
    });
    const running = phone.run();
    await leaving;

    expect(await running).toBe(Success);
    expect(result).toEqual({ kind: "ready" });
    await screen.findByText("signed out");
    expect(await readAccount()).toBeNull();
    expect(await phone.run()).toBe(Success);
    await expect(deleteDatabaseAsync(file)).rejects.toThrow("not found");
  });

  it("opens nothing for whom it found signed in before", async () => {
    await phone.wroteOffline();
    const connect = startConnecting();
    const running = phone.run();
    const connected = await vi.waitUntil(connect);
    await openApp();
    await act(() => signOut("discard"));
    await screen.findByText("signed out");
    phone.calls.length = 0;

    connected();

    expect(await act(() => running)).toBe(Success);
    await expect(deleteDatabaseAsync(file)).rejects.toThrow("not found");
    expect(phone.calls).toEqual([]);
  });

  it("opens nothing afterwards when edits were kept", async () => {
    phone.start();
    await openApp();
    await act(() => signOut("keep"));
    await screen.findByText("signed out");
    const lines = phone.lines.length;

    expect(await phone.run()).toBe(Success);

    expect(phone.lines).toHaveLength(lines);
  });
});
