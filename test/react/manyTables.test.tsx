// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from "@testing-library/react";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { offlineHooks } from "../../templates/client/hooks/createOfflineHooks";
import { defineTable, type Values } from "../../templates/client/sync/registry";
import { mobileWins } from "../../templates/client/sync/shared/policies/mobileWins";
import { loadMigrationsModule } from "../migrate/device";
import { field, Project, table } from "../migrate/fixtures";
import { queries, resetDatabases } from "../standins/expoSqlite";
import { TestDevice, type TestProject } from "./app";

const names = Array.from({ length: 10 }, (_, position) => `shelf${position}`);
const queriesPerTable = 10;

beforeEach(resetDatabases);
afterEach(cleanup);

function shelf(name: string) {
  return defineTable<unknown, Values, Values, "create">({
    name,
    sqlite: sqliteTable(name, {
      clientId: text().primaryKey(),
      serverId: text(),
      label: text().notNull(),
      userId: text().notNull(),
      createdAt: integer().notNull(),
      updatedAt: integer().notNull(),
      syncStatus: text().notNull(),
      changed: text(),
    }),
    policy: mobileWins,
    rules: {
      name,
      operations: ["create"],
      uniqueBy: [],
      options: {},
      fields: { label: { kind: "text", optional: false } },
    },
    deviceFields: {},
    // The names of Convex functions, which no test calls.
    remote: { changesSince: {} as never, all: {} as never },
  });
}

async function tenTables(): Promise<TestProject> {
  const project = new Project();
  await project.generate(names.map((name) => table(name, [field("label", "text")])));
  return {
    registry: {
      schemaVersion: 1,
      upgrades: null,
      naturalId: null,
      resolveOp: null,
      scopes: null,
      tables: Object.fromEntries(names.map((name) => [name, shelf(name)])),
      remote: { push: {} as never, head: {} as never },
    },
    migrations: loadMigrationsModule(project),
  };
}

type Hook = (query: { readonly limit: number; readonly offset: number }) => {
  readonly rows: readonly unknown[];
  readonly isLoading: boolean;
};

function Query({ useRows, offset }: { readonly useRows: Hook; readonly offset: number }) {
  const { rows, isLoading } = useRows({ limit: 1, offset });
  if (isLoading) return <p>loading</p>;
  return <p>{rows.length === 0 ? "empty" : "filled"}</p>;
}

it("of a hundred live queries on ten tables, a write makes the ten of its table run again, once", async () => {
  const project = await tenTables();
  const device = new TestDevice("the emitted driver", project);
  const { createOfflineHook, useSync } = offlineHooks(project.registry);
  const hooks: readonly Hook[] = names.map((name) => createOfflineHook(name));
  let add: (() => Promise<unknown>) | undefined;
  function Writer() {
    const { create } = useSync().table("shelf7");
    add = () => create({ label: "a" });
    return null;
  }
  device.render(
    <>
      <Writer />
      {hooks.flatMap((useRows, position) =>
        Array.from({ length: queriesPerTable }, (_, offset) => (
          <Query key={`${names[position]} ${offset}`} useRows={useRows} offset={offset} />
        )),
      )}
    </>,
  );
  await waitFor(() => expect(screen.getAllByText("empty")).toHaveLength(100));
  await waitFor(() => expect(device.sync.getStatus().phase).toBe("idle"));
  act(() => device.setOnline(false));
  queries.length = 0;

  await act(async () => add?.());
  await waitFor(() => expect(screen.getAllByText("filled")).toHaveLength(1));

  const live = queries.filter((sql) => sql.includes("limit"));
  expect(live).toHaveLength(queriesPerTable);
  expect(live.every((sql) => sql.includes(`from "shelf7"`))).toBe(true);
});
