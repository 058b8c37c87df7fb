// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ConflictSheet } from "../../templates/client/components/ConflictSheet";
import { InitialSyncScreen } from "../../templates/client/components/InitialSyncScreen";
import { SyncStatusIcon } from "../../templates/client/components/SyncStatusIcon";
import { BackendError } from "../../templates/client/sync/ports";
import { failStatementsAfter, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";

interface Given {
  readonly style?: unknown;
  readonly children?: ReactNode;
  readonly accessible?: boolean;
  readonly onPress?: () => void;
}

const announced = vi.hoisted((): string[] => []);
const platform = vi.hoisted(() => ({ OS: "ios" }));

/*
 * react-native-web drops `accessible`, without which iOS reads no label of a view. Here the platform is one that keeps
 * what a view is given.
 */
vi.mock("react-native", () => {
  const host =
    (name: string) =>
    ({ style, onPress, ...given }: Given) =>
      createElement(name, {
        ...given,
        accessible: given.accessible === true ? "true" : undefined,
        onClick: onPress,
        "data-style": JSON.stringify(style),
      });
  return {
    View: host("rn-view"),
    Text: host("rn-text"),
    Pressable: host("rn-pressable"),
    ScrollView: host("rn-scroll"),
    Modal: ({ children }: Given) => children,
    Platform: platform,
    AccessibilityInfo: {
      announceForAccessibility: (text: string) => void announced.push(text),
    },
    AppState: { currentState: "active", addEventListener: () => ({ remove: () => undefined }) },
    useColorScheme: () => "light",
  };
});

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  announced.length = 0;
  platform.OS = "ios";
  device = new TestDevice();
});
afterEach(cleanup);

it("what stands for a whole is one element for a screen reader", async () => {
  device.backend.failure = new BackendError("network", "no route");
  const { container } = device.render(
    <>
      <SyncStatusIcon />
      <InitialSyncScreen>app</InitialSyncScreen>
    </>,
  );

  for (const role of ["status", "progressbar"]) {
    const find = () => container.querySelector(`rn-view[role=${role}]`);
    await waitFor(() => expect(find()).not.toBeNull());
    expect(find()?.getAttribute("accessible")).toBe("true");
  }
});

it.each(["android", "ios"])(
  "on %s the icon says another kind of state, and no single edit",
  async (os) => {
    platform.OS = os;
    const { container } = device.render(<SyncStatusIcon />);
    await waitFor(() => expect(container.querySelector("[role=status]")).not.toBeNull());
    const write = () =>
      act(() =>
        device.sync.table("notes").create({ title: "a", body: "", labels: [], dueAt: null }),
      );
    await write();
    await act(() => device.sync.syncNow());
    expect(announced).toEqual([]);

    act(() => device.setOnline(false));
    await write();
    await write();
    expect(announced).toEqual(["Offline"]);

    await act(async () => device.setOnline(true));
    await waitFor(() => expect(announced).toEqual(["Offline", "Everything is saved"]));
    expect(container.querySelector("[aria-live]")).toBeNull();
  },
);

it("a change is said once, however many icons there are, and not again by one that comes later", async () => {
  const icons = (count: number) => (
    <>
      {Array.from({ length: count }, (_, position) => (
        <SyncStatusIcon key={position} />
      ))}
    </>
  );
  const { container, rerender } = device.render(icons(2));
  await waitFor(() => expect(container.querySelectorAll("[role=status]")).toHaveLength(2));
  await act(() => device.sync.syncNow());
  act(() => device.setOnline(false));
  await act(() =>
    device.sync.table("notes").create({ title: "a", body: "", labels: [], dueAt: null }),
  );
  expect(announced).toEqual(["Offline"]);

  rerender(device.wrap(icons(3)));
  expect(container.querySelectorAll("[role=status]")).toHaveLength(3);
  expect(announced).toEqual(["Offline"]);
});

it("the conflict sheet keeps clear of the home indicator, unless the app knows better", async () => {
  const sheet = (style?: object) => (
    <ConflictSheet visible onClose={() => undefined} style={style} />
  );
  const paddings = () => {
    // What comes later counts.
    const styles = JSON.parse(screen.getByRole("dialog").getAttribute("data-style") ?? "[]") as {
      readonly paddingBottom?: number;
    }[];
    return styles.flatMap((style) => style?.paddingBottom ?? []).at(-1);
  };
  const { rerender } = device.render(sheet());
  await screen.findByRole("dialog");
  expect(paddings()).toBe(34);

  rerender(device.wrap(sheet({ paddingBottom: 20 })));

  expect(paddings()).toBe(20);
});

it("a choice that did not work is said", async () => {
  const note = { title: "old", body: "", labels: [], dueAt: null };
  device.backend.put("notes", "n", note);
  device.render(<ConflictSheet visible onClose={() => undefined} />);
  await screen.findByText("Nothing to decide.");
  await act(() => device.sync.syncNow());
  device.backend.decide = () => ({ outcome: "conflict", code: null, message: null });
  act(() => device.setOnline(false));
  await act(() => device.sync.table("notes").update("n", { title: "mine" }));
  device.backend.put("notes", "n", { ...note, title: "theirs" });
  act(() => device.setOnline(true));
  await screen.findByText("Changed in two places: notes");
  fireEvent.click(screen.getByText("Keep all mine"));
  failStatementsAfter(0);
  await act(async () => fireEvent.click(screen.getByText("Apply")));

  await waitFor(() => expect(announced).toContain("That did not work. Please try again."));
});
