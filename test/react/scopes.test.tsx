// @vitest-environment jsdom
import { act, cleanup, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { offlineHooks } from "../../templates/client/hooks/createOfflineHooks";
import { useScopes } from "../../templates/client/hooks/useScopes";
import type { Scope } from "../../templates/client/sync/shared/protocol";
import { scopedMigrations, scopedRegistry } from "../client/fixture/scopes";
import { resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";

const team = { scope: "workspace", scopeId: "team", access: "write" } as const;
const home = { scope: "household", scopeId: "home", access: "read" } as const;

const useBoards = offlineHooks(scopedRegistry).createOfflineHook("boards");

let device: TestDevice;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice("the emitted driver", {
    registry: scopedRegistry,
    migrations: scopedMigrations,
  });
  device.backend.tablesIn = { workspace: ["boards"], household: ["chores"] };
});
afterEach(cleanup);

const tell = (...scopes: Scope[]) => act(() => device.backend.tell(scopes));

describe("the scopes of the user", () => {
  it("are none until they are told, and then those that there are, also of one kind", async () => {
    device.backend.scopes = [team, home];
    device.setOnline(false);
    const seen = device.observe(() => ({ all: useScopes(), households: useScopes("household") }));
    await waitFor(() => expect(seen.last).toEqual({ all: [], households: [] }));
    act(() => device.setOnline(true));
    await waitFor(() => expect(seen.last.all).toEqual([home, team]));
    expect(seen.last.households).toEqual([home]);
    tell(team);
    await waitFor(() => expect(seen.last).toEqual({ all: [team], households: [] }));
  });

  it("are the same while only rows change", async () => {
    device.backend.scopes = [team];
    const seen = device.observe(() => ({ scopes: useScopes(), boards: useBoards() }));
    await waitFor(() => expect(seen.last?.scopes).toEqual([team]));
    const { scopes } = seen.last;
    act(() => device.backend.put("boards", "b", { title: "ours" }, "team"));
    await waitFor(() => expect(seen.last.boards.rows).toHaveLength(1));
    expect(seen.last.scopes).toBe(scopes);
  });

  it("take their rows along when the user leaves", async () => {
    device.backend.scopes = [team];
    device.backend.put("boards", "b", { title: "ours" }, "team");
    const seen = device.observe(() => useBoards());
    await waitFor(() =>
      expect(seen.last?.rows).toMatchObject([{ clientId: "b", scopeId: "team", title: "ours" }]),
    );
    tell();
    await waitFor(() => expect(seen.last.rows).toEqual([]));
  });
});
