// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { AccessibilityInfo, Platform } from "react-native";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SyncErrorBanner } from "../../templates/client/components/SyncErrorBanner";
import type { OpOutcome } from "../../templates/client/sync/shared/protocol";
import { failStatementsAfter, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";

let device: TestDevice;

beforeEach(async () => {
  resetDatabases();
  device = new TestDevice();
  device.render(<SyncErrorBanner />);
  await waitFor(() => expect(device.engines[0]?.getStatus().phase).toBe("idle"));
});
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

/** A task is made here, and the server says this of it. */
async function create(outcome: OpOutcome): Promise<void> {
  const code = outcome === "rejected" ? "invalid" : null;
  device.backend.decide = () => ({ outcome, code, message: null });
  const before = (await device.sync.issues()).length;
  await act(() => device.sync.table("tasks").create({ text: "milk" }));
  await waitFor(async () => expect(await device.sync.issues()).toHaveLength(before + 1));
}

const buttons = () =>
  screen.queryAllByRole("button").map((button) => button.getAttribute("aria-label"));

describe("edits that lost", () => {
  it("are counted where they are not shown, and can all be confirmed at once", async () => {
    for (let edit = 0; edit < 5; edit += 1) await create("superseded");
    await screen.findByText("and 2 more");
    expect(screen.getAllByText("A new entry in tasks was replaced by a newer one.")).toHaveLength(
      3,
    );

    fireEvent.click(
      screen.getByRole("button", { name: "OK for all: 5 changes were replaced by newer ones" }),
    );

    await waitFor(() => expect(buttons()).toEqual([]));
    expect(await device.sync.issues()).toEqual([]);
  });

  it("have buttons that say what they belong to, each another one", async () => {
    const shows = (labels: readonly string[]) => waitFor(() => expect(buttons()).toEqual(labels));
    await create("superseded");
    await shows(["OK: A new entry in tasks was replaced by a newer one."]);

    await create("superseded");
    await shows([
      "OK: A new entry in tasks was replaced by a newer one. 1 of 2",
      "OK: A new entry in tasks was replaced by a newer one. 2 of 2",
      "OK for all: 2 changes were replaced by newer ones",
    ]);
  });
});

describe("on iOS", () => {
  const announce = () =>
    vi.spyOn(AccessibilityInfo, "announceForAccessibility").mockReturnValue(undefined);
  let said: ReturnType<typeof announce>;
  const { OS } = Platform;

  beforeEach(() => {
    Platform.OS = "ios";
    said = announce();
  });
  afterEach(() => {
    Platform.OS = OS;
  });

  /** Waits until this was said since the last call, and nothing else. */
  async function expectHeard(...texts: readonly string[]): Promise<void> {
    await waitFor(() => expect(said.mock.calls.map(([text]) => text)).toEqual(texts));
    said.mockClear();
  }

  it("every kind of issue is announced when it comes, and none twice", async () => {
    await create("superseded");
    await expectHeard("1 change was replaced by a newer one");
    await create("conflict");
    await expectHeard("1 change made in two places");
    await create("rejected");
    await expectHeard("1 change could not be saved");
    await create("rejected");
    await expectHeard("2 changes could not be saved");
  });

  it("an action that failed is announced", async () => {
    await create("superseded");
    await expectHeard("1 change was replaced by a newer one");
    failStatementsAfter(0);

    fireEvent.click(screen.getByRole("button", { name: /^OK/ }));

    await expectHeard("That did not work. Please try again.");
    expect(screen.getByText("That did not work. Please try again.")).toBeTruthy();
  });

  it("what comes together is said together: a second announcement would cut off the first", async () => {
    await create("superseded");
    await expectHeard("1 change was replaced by a newer one");
    await create("rejected");
    await expectHeard("1 change could not be saved");

    cleanup();
    device.render(<SyncErrorBanner />);

    await expectHeard("1 change could not be saved\n1 change was replaced by a newer one");
  });
});
