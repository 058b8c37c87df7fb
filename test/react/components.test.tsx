// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { useState, type ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ActionButton } from "../../templates/client/components/ActionButton";
import { ConflictSheet } from "../../templates/client/components/ConflictSheet";
import { InitialSyncScreen } from "../../templates/client/components/InitialSyncScreen";
import { SyncErrorBanner } from "../../templates/client/components/SyncErrorBanner";
import { SyncStatusIcon } from "../../templates/client/components/SyncStatusIcon";
import { englishTexts } from "../../templates/client/components/texts";
import { lightTheme, SyncThemeProvider } from "../../templates/client/components/theme";
import { BackendError } from "../../templates/client/sync/ports";
import { resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(cleanup);

const applied = { outcome: "applied", code: null, message: null } as const;
const refused = { outcome: "rejected", code: "invalid", message: "Too long." } as const;

async function show(children: ReactNode): Promise<void> {
  device.render(children);
  await waitFor(() =>
    expect(device.engines[0]?.getStatus().phase).toMatch(/idle|retrying|offline/),
  );
}

function press(name: string): void {
  fireEvent.click(screen.getByRole("button", { name }));
}

describe("ActionButton", () => {
  it("says how each press ended, so that a message about one that failed goes away", async () => {
    const ends = [() => Promise.reject(new Error("no")), () => Promise.resolve(), () => undefined];
    function Save(): ReactNode {
      const [hasFailed, setHasFailed] = useState(false);
      return (
        <>
          <ActionButton
            label="Save"
            theme={lightTheme}
            onPress={() => ends.shift()?.()}
            onEnd={setHasFailed}
          />
          <p>{hasFailed ? "failed" : "well"}</p>
        </>
      );
    }
    render(<Save />);

    // Until its effects have run, a button does not take the next press.
    const save = () =>
      act(async () => {
        press("Save");
        await Promise.resolve();
      });
    await save();
    await screen.findByText("failed");
    await save();
    await screen.findByText("well");
    await save();
    await screen.findByText("well");
    expect(ends).toEqual([]);
  });

  it("keeps no mistake of the app's to itself", async () => {
    const thrown = vi.fn((event: ErrorEvent) => event.preventDefault());
    window.addEventListener("error", thrown);
    const onEnd = vi.fn();
    const onPress = () => {
      throw new TypeError("push is not a function");
    };
    render(<ActionButton label="Compare" theme={lightTheme} onPress={onPress} onEnd={onEnd} />);

    press("Compare");

    expect(thrown).toHaveBeenCalledOnce();
    expect(onEnd).not.toHaveBeenCalled();
    window.removeEventListener("error", thrown);
  });

  it("keeps no failure to itself that nobody else is told of", async () => {
    const thrown = vi.fn();
    const others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection").on("unhandledRejection", thrown);
    const onPress = () => Promise.reject(new Error("no room"));
    render(<ActionButton label="Save" theme={lightTheme} onPress={onPress} />);

    press("Save");

    await waitFor(() => expect(thrown).toHaveBeenCalledOnce());
    process.removeAllListeners("unhandledRejection");
    for (const listener of others) process.on("unhandledRejection", listener);
  });
});

describe("SyncStatusIcon", () => {
  it("says in words what it shows as a sign", async () => {
    await show(<SyncStatusIcon />);
    expect(screen.getByRole("status", { name: "Everything is saved" }).textContent).toBe("✓");

    act(() => device.setOnline(false));
    await screen.findByRole("status", { name: "Offline" });
    await act(() => device.sync.table("tasks").create({ text: "milk" }));
    const icon = await screen.findByRole("status", {
      name: "Offline, 1 change waiting to be sent",
    });
    expect(icon.textContent).toBe("×1");

    device.backend.decide = () => refused;
    act(() => device.setOnline(true));
    await screen.findByRole("status", { name: "1 change needs your attention" });
  });

  it("is a button that a finger can hit when it does something", async () => {
    let presses = 0;
    await show(<SyncStatusIcon onPress={() => (presses += 1)} />);

    const button = screen.getByRole("button", { name: "Everything is saved" });
    fireEvent.click(button);

    expect(presses).toBe(1);
    expect(getComputedStyle(button).minHeight).toBe("44px");
  });

  it("speaks the app's language and wears its colours", async () => {
    await show(
      <SyncThemeProvider
        texts={{ synced: "Alles gespeichert" }}
        light={{ success: "rgb(1, 2, 3)" }}
      >
        <SyncStatusIcon />
      </SyncThemeProvider>,
    );

    const sign = within(screen.getByRole("status", { name: "Alles gespeichert" })).getByText("✓");
    expect(getComputedStyle(sign).color).toBe("rgb(1, 2, 3)");
  });
});

describe("InitialSyncScreen", () => {
  it("stands before the app until the first download is complete", async () => {
    device.backend.failure = new BackendError("server", "broken");
    await show(<InitialSyncScreen>the app</InitialSyncScreen>);

    const bar = screen.getByRole("progressbar", { name: "Getting your data" });
    expect(bar.getAttribute("aria-valuenow")).toBe("0");
    expect(bar.getAttribute("aria-valuemax")).toBe("2");
    await waitFor(() =>
      expect(screen.getByRole("alert").textContent).toBe(
        "The download did not work. What has arrived so far is kept.",
      ),
    );
    expect(screen.queryByText("the app")).toBeNull();

    device.backend.failure = null;
    press("Try again");

    await screen.findByText("the app");
  });

  it("does not say that the download failed while it goes on", async () => {
    device.backend.failure = new BackendError("server", "broken");
    await show(<InitialSyncScreen>the app</InitialSyncScreen>);
    await screen.findByRole("alert");

    device.backend.failure = null;
    const page = device.backend.snapshot.bind(device.backend);
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    vi.spyOn(device.backend, "snapshot").mockImplementation((request) =>
      held.then(() => page(request)),
    );
    press("Try again");

    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(device.sync.getStatus()).toMatchObject({ phase: "initial-sync", error: {} });
    expect(screen.getByRole("progressbar")).toBeTruthy();
    goOn();
    await screen.findByText("the app");
  });

  it("says that it waits for a connection, and shows the app offline once it was complete", async () => {
    device.setOnline(false);
    await show(<InitialSyncScreen>the app</InitialSyncScreen>);
    expect(screen.getByRole("alert").textContent).toContain("You are offline");

    act(() => device.setOnline(true));
    await screen.findByText("the app");

    cleanup();
    device.setOnline(false);
    device.render(<InitialSyncScreen>the app</InitialSyncScreen>);
    await screen.findByText("the app");
  });
});

it("says that somebody else is signed in, where a sign-in is not what is missing", async () => {
  device.backend.userId = "bob";
  device.render(
    <>
      <SyncStatusIcon />
      <InitialSyncScreen>the app</InitialSyncScreen>
    </>,
  );

  const problem = "Somebody else is signed in; sign in again to sync";
  await screen.findByRole("status", { name: problem });
  expect(screen.getByRole("alert").textContent).toBe(problem);
});

describe("SyncErrorBanner", () => {
  it("shows nothing while all is well", async () => {
    await show(<SyncErrorBanner />);

    expect(screen.queryByRole("alert")).toBeNull();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("lists failed edits with their reasons, and retries them", async () => {
    device.backend.decide = () => refused;
    await show(<SyncErrorBanner limit={1} />);
    await act(() => device.sync.table("tasks").create({ text: "milk" }));
    await act(() => device.sync.table("tasks").create({ text: "eggs" }));
    await waitFor(() =>
      expect(screen.getByRole("alert").textContent).toBe("2 changes could not be saved"),
    );
    expect(screen.getByRole("group", { name: "A new entry in tasks" }).textContent).toContain(
      "One of its values cannot be saved.",
    );
    expect(screen.getByText("and 1 more")).toBeTruthy();

    device.backend.decide = () => applied;
    press("Try all again");

    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(device.backend.rows.size).toBe(2);
  });

  it("gives reasons in the app's own words", async () => {
    device.backend.decide = () => refused;
    const reasons = { ...englishTexts.reasons, invalid: "Das passt hier nicht hinein." };
    await show(<SyncErrorBanner texts={{ reasons }} />);
    await act(() => device.sync.table("tasks").create({ text: "milk" }));

    await screen.findByText("Das passt hier nicht hinein.");
  });

  it("discards a failed edit only after asking", async () => {
    device.backend.decide = () => refused;
    await show(<SyncErrorBanner />);
    await act(() => device.sync.table("tasks").create({ text: "milk" }));
    await screen.findByRole("alert");

    press("Discard: A new entry in tasks");
    press("Cancel");
    press("Discard: A new entry in tasks");
    press("Discard for good: A new entry in tasks");

    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
    expect(await device.sync.issues()).toEqual([]);
  });

  it("shows an edit that lost once, until it is dismissed", async () => {
    device.backend.put("tasks", "1", { text: "a", done: false, tags: [] });
    await show(<SyncErrorBanner />);
    device.backend.decide = () => ({ outcome: "superseded", code: null, message: null });
    await act(() => device.sync.table("tasks").update("1", { text: "b" }));
    await screen.findByText("A change in tasks was replaced by a newer one.");

    press("OK: A change in tasks was replaced by a newer one.");

    await waitFor(() => expect(screen.queryByRole("status")).toBeNull());
  });
});

describe("ConflictSheet", () => {
  /** A note that was changed here and elsewhere. */
  async function withConflict(mine: object, theirs: object | null): Promise<void> {
    const old = { title: "old", body: "old", labels: ["x"], dueAt: null };
    device.backend.put("notes", "n", old);
    function Sheet(): ReactNode {
      const [visible, setVisible] = useState(true);
      return (
        <>
          <ConflictSheet visible={visible} onClose={() => setVisible(false)} />
          {!visible && <p>closed</p>}
        </>
      );
    }
    await show(<Sheet />);
    await act(() => device.sync.syncNow());
    act(() => device.setOnline(false));
    await act(() => device.sync.table("notes").update("n", mine));
    if (theirs !== null) device.backend.put("notes", "n", { ...old, ...theirs });
    device.backend.decide = () => ({ outcome: "conflict", code: null, message: null });
    act(() => device.setOnline(true));
    await screen.findByRole("dialog", { name: "Changed in two places: notes" });
    device.backend.decide = () => applied;
  }

  const apply = () => screen.getByRole("button", { name: "Apply" });

  it("lets a person choose field by field, both where that makes sense, and undo it", async () => {
    await withConflict(
      { title: "mine", labels: ["x", "m"], dueAt: 5 },
      { title: "theirs", labels: ["t"], dueAt: 9 },
    );
    const title = screen.getByRole("radiogroup", { name: "Title" });
    const labels = screen.getByRole("radiogroup", { name: "Labels" });
    const dueAt = screen.getByRole("radiogroup", { name: "Due at" });
    expect(screen.queryByRole("radiogroup", { name: "Body" })).toBeNull();
    expect(within(title).getAllByRole("radio")).toHaveLength(3);
    expect(within(dueAt).getAllByRole("radio")).toHaveLength(2);
    expect(apply().getAttribute("aria-disabled")).toBe("true");

    fireEvent.click(within(title).getByRole("radio", { name: /Theirs/ }));
    fireEvent.click(within(title).getByRole("radio", { name: /Mine/ }));
    press("Undo");
    expect(
      within(title)
        .getByRole("radio", { name: /Theirs/ })
        .getAttribute("aria-checked"),
    ).toBe("true");
    fireEvent.click(within(labels).getByRole("radio", { name: /Both/ }));
    fireEvent.click(within(dueAt).getByRole("radio", { name: /Mine/ }));
    fireEvent.click(apply());

    await screen.findByText("Nothing to decide.");
    await waitFor(() =>
      expect(device.backend.rows.get("n")?.fields).toMatchObject({
        title: "theirs",
        body: "old",
        labels: ["t", "x", "m"],
        dueAt: 5,
      }),
    );
  });

  /** Somebody changes the note once more, while the person chooses. */
  async function changeMeanwhile(change: object): Promise<void> {
    const { fields } = device.backend.rows.get("n") ?? {};
    act(() => device.backend.put("notes", "n", { ...fields, ...change }));
    await waitFor(async () =>
      expect((await device.sync.issues())[0]?.theirs).toMatchObject(change),
    );
    await act(() => device.sync.syncNow());
  }

  const radio = (name: RegExp) => screen.getByRole("radio", { name });
  const outdated = () => screen.queryByText("This has changed meanwhile");

  it("keeps what was chosen when a field changes that nobody has to choose for", async () => {
    await withConflict({ title: "mine" }, { title: "theirs" });
    fireEvent.click(radio(/Title, Mine/));

    await changeMeanwhile({ body: "elsewhere" });

    expect(radio(/Title, Mine/).getAttribute("aria-checked")).toBe("true");
    expect(outdated()).toBeNull();
    fireEvent.click(apply());
    await screen.findByText("Nothing to decide.");
    await waitFor(() =>
      expect(device.backend.rows.get("n")?.fields).toMatchObject({
        title: "mine",
        body: "elsewhere",
      }),
    );
  });

  it("says so when what was chosen is not any more what is shown", async () => {
    await withConflict({ title: "mine" }, { title: "theirs" });
    fireEvent.click(radio(/Title, Mine/));

    await changeMeanwhile({ title: "newer" });

    await waitFor(() => expect(outdated()).not.toBeNull());
    expect(radio(/Title, Mine/).getAttribute("aria-checked")).toBe("false");
    expect(apply().getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(radio(/Title, Theirs: newer/));
    expect(outdated()).toBeNull();
    fireEvent.click(apply());
    await screen.findByText("Nothing to decide.");
  });

  it("takes one side for all fields", async () => {
    await withConflict({ title: "mine", body: "mine" }, { title: "theirs", body: "theirs" });

    press("Take all theirs");
    press("Keep all mine");
    fireEvent.click(apply());

    await screen.findByText("Nothing to decide.");
    await waitFor(() =>
      expect(device.backend.rows.get("n")?.fields).toMatchObject({ title: "mine", body: "mine" }),
    );
  });

  it("says that there is nothing to decide once it has looked, and not when it could not", async () => {
    const { rerender } = device.render(<p>no sheet yet</p>);
    await screen.findByText("no sheet yet");
    let fail: (error: Error) => void = () => undefined;
    const reading = new Promise<never>((_, reject) => (fail = reject));
    vi.spyOn(device.sync, "issues").mockReturnValueOnce(reading);

    rerender(device.wrap(<ConflictSheet visible onClose={() => undefined} />));
    await screen.findByText("Looking for changes made in two places.");
    await act(async () => fail(new Error("disk I/O error")));
    await screen.findByText("Changes made in two places cannot be read at the moment.");
    await screen.findByText("Nothing to decide.");
  });

  it("can be closed without deciding", async () => {
    await withConflict({ title: "mine" }, { title: "theirs" });

    press("Close");

    await screen.findByText("closed");
    expect(await device.sync.issues()).toHaveLength(1);
  });
});
