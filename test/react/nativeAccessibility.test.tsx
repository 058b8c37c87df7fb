// @vitest-environment jsdom
import { cleanup, waitFor } from "@testing-library/react";
import { createElement, type ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { InitialSyncScreen } from "../../templates/client/components/InitialSyncScreen";
import { SyncStatusIcon } from "../../templates/client/components/SyncStatusIcon";
import { BackendError } from "../../templates/client/sync/ports";
import { resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";

/*
 * react-native-web drops `accessible`, without which iOS reads no label of a view. Here the platform is one that keeps
 * what a view is given.
 */
vi.mock("react-native", () => {
  const host =
    (name: string) =>
    ({ style: _, ...given }: { style?: unknown; children?: ReactNode; accessible?: boolean }) =>
      createElement(name, { ...given, accessible: given.accessible === true ? "true" : undefined });
  return {
    View: host("rn-view"),
    Text: host("rn-text"),
    Pressable: host("rn-pressable"),
    Platform: { OS: "ios" },
    AccessibilityInfo: { announceForAccessibility: () => undefined },
    AppState: { currentState: "active", addEventListener: () => ({ remove: () => undefined }) },
    useColorScheme: () => "light",
  };
});

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
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
