// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Activity, useEffect, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useSignOut, type SignOutResult } from "../../templates/client/hooks/useSignOut";
import { DatabaseProvider } from "../../templates/client/providers/DatabaseProvider";
import { databaseName } from "../../templates/client/db/client";
import { openSession } from "../../templates/client/providers/openSession";
import { BackendError } from "../../templates/client/sync/ports";
import { failStatementsAfter, keepDatabase, resetDatabases } from "../standins/expoSqlite";
import { migrations, TestDevice } from "./app";
import { useSync, useTasks } from "./project";

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(cleanup);

function List(): ReactNode {
  const { rows, isLoading } = useTasks();
  return <p>{isLoading ? "loading" : `tasks: ${rows.map((row) => row.text).join()}`}</p>;
}

describe.each(["the emitted driver", "drizzle-orm/expo-sqlite"] as const)("over %s", (reads) => {
  beforeEach(() => {
    device = new TestDevice(reads);
  });

  describe("DatabaseProvider", () => {
    it("opens and migrates, and shows the fallback until then", async () => {
      device.render(<List />);

      expect(screen.getByText("opening")).toBeTruthy();
      await screen.findByText("tasks:");
    });

    it("says when the database cannot be opened, and tries again when asked to", async () => {
      failStatementsAfter(0);
      device.render(<List />);
      const alert = await screen.findByRole("alert");
      expect(alert.textContent).toBe("Your data on this device cannot be opened.");

      failStatementsAfter(Infinity);
      fireEvent.click(screen.getByRole("button", { name: "Try again" }));

      await screen.findByText("tasks:");
    });

    it("says when the database is of another build of the app, and how many edits it keeps", async () => {
      const { unmount } = device.render(<List />);
      await screen.findByText("tasks:");
      await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
      act(() => device.setOnline(false));
      await act(() => device.sync.table("tasks").create({ text: "kept" }));
      unmount();
      const entries = migrations.journal.entries.map((entry) => ({
        ...entry,
        hash: "of another text",
      }));

      render(
        <DatabaseProvider account="ada" migrations={{ ...migrations, journal: { entries } }}>
          open
        </DatabaseProvider>,
      );

      const alert = await screen.findByRole("alert");
      expect(alert.textContent).toContain(
        "from another version of the app, with 1 change not sent",
      );
      expect(screen.queryByText("open")).toBeNull();
    });

    it("lets the app show the error in its own way", async () => {
      failStatementsAfter(0);
      const { container } = render(
        <DatabaseProvider
          account="ada"
          migrations={migrations}
          renderError={(error, retry) => <button onClick={retry}>{error.message}</button>}
        >
          open
        </DatabaseProvider>,
      );
      const button = await screen.findByRole("button", { name: /disk is full/ });

      failStatementsAfter(Infinity);
      fireEvent.click(button);

      await waitFor(() => expect(container.textContent).toBe("open"));
    });

    it("gives every account a database of its own, and comes back to the first one's rows", async () => {
      const { rerender } = device.render(<List />);
      await screen.findByText("tasks:");
      await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
      act(() => device.setOnline(false));
      await act(() => device.sync.table("tasks").create({ text: "ada's" }));
      await screen.findByText("tasks: ada's");

      rerender(device.wrap(<List />, "bob"));
      expect(screen.queryByText("tasks: ada's")).toBeNull();
      await screen.findByText("tasks:");

      rerender(device.wrap(<List />, "ada"));
      await screen.findByText("tasks: ada's");
    });
  });

  describe("SyncProvider", () => {
    it("runs one engine at a time, and none after the unmount, also in strict mode", async () => {
      const { unmount } = device.render(<List />, { strict: true });
      await screen.findByText("tasks:");
      await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
      const running = () =>
        device.engines.filter((engine) => engine.getStatus().phase !== "stopped");
      expect(running()).toHaveLength(1);

      unmount();

      await waitFor(() => expect(running()).toEqual([]));
    });

    it("keeps the engine when the app renders again", async () => {
      const { rerender } = device.render(<List />);
      await screen.findByText("tasks:");

      rerender(device.wrap(<List />));
      await screen.findByText("tasks:");

      expect(device.engines).toHaveLength(1);
    });

    it("says when the engine cannot start, and starts it when asked to", async () => {
      const { open } = device;
      let isBroken = true;
      const failing = {
        ...device,
        open: (parts: Parameters<typeof open>[0]) =>
          isBroken ? Promise.reject(new Error("no engine")) : open(parts),
      };
      render(TestDevice.prototype.wrap.call(failing, <List />));
      await screen.findByText("no engine");

      isBroken = false;
      fireEvent.click(screen.getByRole("button", { name: "Try again" }));

      await screen.findByText("tasks:");
    });
  });

  it("what is hidden and shown again finds an open database, and an engine that runs", async () => {
    const problems: unknown[] = [];
    function Writer(): ReactNode {
      const sync = useSync();
      const { error } = useTasks();
      if (error !== null) problems.push(error);
      useEffect(() => {
        const written = sync.table("tasks").create({ text: "shown" });
        written.catch((problem: unknown) => problems.push(problem));
      }, [sync]);
      return <List />;
    }
    const app = (mode: "visible" | "hidden") => (
      <Activity mode={mode}>{device.wrap(<Writer />)}</Activity>
    );
    const { rerender } = render(app("visible"));
    await screen.findByText("tasks: shown");

    rerender(app("hidden"));
    await waitFor(() => expect(device.sync.getStatus().phase).toBe("stopped"));
    rerender(app("visible"));

    await screen.findByText("tasks: shown,shown");
    expect(problems).toEqual([]);
  });

  it("the app may show nothing where an error would stand", async () => {
    failStatementsAfter(0);
    const seen: string[] = [];
    const { container } = render(
      <DatabaseProvider
        account="ada"
        migrations={migrations}
        fallback="opening"
        renderError={({ message }) => {
          seen.push(message);
          return null;
        }}
      >
        open
      </DatabaseProvider>,
    );

    await waitFor(() => expect(seen).not.toEqual([]));
    expect(container.textContent).toBe("");
  });

  describe("openSession", () => {
    const open = () =>
      openSession("ada", migrations, () => undefined, {
        onWaiting: () => undefined,
        signal: new AbortController().signal,
      });

    it("opens a database that is being erased once it is gone, whoever closes it again meanwhile", async () => {
      const first = open();
      const { database, erase } = await first.session;
      await database.driver.transaction([
        { sql: `INSERT INTO "sync_metadata" VALUES ('secret', 'a')`, rows: [[]] },
      ]);

      const erased = erase("all");
      void first.close();
      const next = await open().session;
      await erased;
      // Nothing that is open now goes with it.
      await erase("all");

      const read = `SELECT count(*) FROM "sync_metadata"`;
      expect(await next.database.driver.select(read, [])).toEqual([[0]]);
    });
  });

  describe("signing out", () => {
    /** An app with one unsent task that is signing out. */
    async function withUnsent(): Promise<
      (...choice: Parameters<ReturnType<typeof useSignOut>>) => Promise<SignOutResult>
    > {
      let signOut: ReturnType<typeof useSignOut> = () => Promise.reject(new Error("not mounted"));
      function SignOut(): ReactNode {
        signOut = useSignOut();
        return <List />;
      }
      device.backend.failure = new BackendError("network", "no route");
      device.render(<SignOut />);
      await screen.findByText("tasks:");
      await act(() => device.sync.table("tasks").create({ text: "milk" }));
      await screen.findByText("tasks: milk");
      return async (...choice) => {
        // A rejection that leaves `act` takes what is still to be rendered with it.
        const [ended] = await act(() => Promise.allSettled([signOut(...choice)]));
        if (ended.status === "rejected") throw ended.reason;
        return ended.value;
      };
    }

    it("keeps unsent edits for the next sign-in", async () => {
      const signOut = await withUnsent();

      expect(await signOut("keep")).toEqual({ kind: "ready" });

      expect(device.sync.getStatus().phase).toBe("stopped");
      cleanup();
      device.backend.failure = null;
      device.render(<List />);
      await screen.findByText("tasks: milk");
      await waitFor(() => expect(device.backend.rows.size).toBe(1));
    });

    it("sends them first, and does nothing else while some are unsent", async () => {
      const signOut = await withUnsent();

      expect(await signOut("send")).toEqual({ kind: "unsent", count: 1 });
      expect(device.sync.getStatus().phase).not.toBe("stopped");

      device.backend.failure = null;
      expect(await signOut("send", { erase: true })).toEqual({ kind: "ready" });
      expect(device.backend.rows.size).toBe(1);
      expect(screen.getByText("opening")).toBeTruthy();
    });

    it("does not erase an edit that is made while the engine stops", async () => {
      const signOut = await withUnsent();
      device.backend.failure = null;
      const { sync } = device;
      let late: Promise<unknown> | null = null;
      sync.subscribe(() => {
        if (sync.getStatus().phase === "stopped")
          late ??= sync.table("tasks").create({ text: "eggs" });
      });

      expect(await signOut("send", { erase: true })).toEqual({ kind: "unsent", count: 1 });

      expect(late).not.toBeNull();
      await screen.findByText("tasks: milk,eggs");
      expect(await signOut("send", { erase: true })).toEqual({ kind: "ready" });
      expect([...device.backend.rows.values()].map(({ fields }) => fields["text"])).toEqual([
        "milk",
        "eggs",
      ]);
    });

    it("discards them with the account's database", async () => {
      const signOut = await withUnsent();

      expect(await signOut("discard")).toEqual({ kind: "ready" });

      cleanup();
      device.backend.failure = null;
      device.render(<List />);
      await screen.findByText("tasks:");
      expect(device.backend.rows.size).toBe(0);
    });

    it("discards them once, however often it is asked to", async () => {
      const signOut = await withUnsent();

      const both = await act(() => Promise.allSettled([signOut("discard"), signOut("discard")]));

      const ready = { status: "fulfilled", value: { kind: "ready" } };
      expect(both).toEqual([ready, ready]);
      expect(screen.getByText("opening")).toBeTruthy();
    });

    it("erases no edit that is made after the last look", async () => {
      const signOut = await withUnsent();
      device.backend.failure = null;
      const { sync } = device;
      const written: string[] = [];
      const write = async (text: string) => {
        await sync.table("tasks").create({ text });
        written.push(text);
      };
      let late: Promise<unknown> | null = null;
      const { batch } = sync;
      vi.spyOn(sync, "batch").mockImplementationOnce(async (work) => {
        const batched = await batch(work);
        // It is on its way when the sign-out looks whether everything was sent.
        late = write("eggs");
        return batched;
      });

      expect(await signOut("send", { erase: true })).toEqual({ kind: "unsent", count: 1 });

      await act(() => late);
      expect(written).toEqual(["eggs"]);
      await screen.findByText("tasks: milk,eggs");
      expect(await signOut("send", { erase: true })).toEqual({ kind: "ready" });
      expect([...device.backend.rows.values()].map(({ fields }) => fields["text"])).toEqual([
        "milk",
        "eggs",
      ]);
    });

    it("shows a database that could not be deleted as closed, and opens it when asked to", async () => {
      const signOut = await withUnsent();
      const name = databaseName("ada");
      keepDatabase(name);

      await expect(signOut("discard")).rejects.toThrow(/Unable to delete/);

      const retry = await screen.findByRole("button", { name: "Try again" });
      expect(screen.queryByText("tasks: milk")).toBeNull();
      keepDatabase(name, false);
      fireEvent.click(retry);
      await screen.findByText("tasks: milk");
    });

    it("erases no edit that lost against another and that nobody has seen", async () => {
      const signOut = await withUnsent();
      device.backend.failure = null;
      device.backend.decide = (op) => {
        device.backend.put("tasks", op.clientId, { text: "bread" });
        return { outcome: "superseded", code: null, message: null };
      };

      expect(await signOut("send", { erase: true })).toEqual({ kind: "unsent", count: 1 });

      const [lost] = await device.sync.issues();
      await act(() => device.sync.dismiss(lost?.opId ?? ""));
      expect(await signOut("send", { erase: true })).toEqual({ kind: "ready" });
    });
  });
});
