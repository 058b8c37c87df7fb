import { makeFunctionReference } from "convex/server";
import { describe, expect, it } from "vitest";
import { abuseCases } from "../../templates/server/convex/syncEngine/testing/abuse.cases";
import {
  openDevices,
  type SyncTable,
} from "../../templates/server/convex/syncEngine/testing/device.setup";
import { setAccess } from "../../templates/server/convex/syncEngine/testing/members.setup";
import { scopeCases } from "../../templates/server/convex/syncEngine/testing/scope.cases";
import * as functions from "./fixture/convex/sync";
import { syncPolicies, syncRules } from "./fixture/convex/syncTables";
import { deploy, signIn } from "./harness";

const names = {
  boards: ["Board", "Boards"],
  cards: ["Card", "Cards"],
  labels: ["Label", "Labels"],
  chores: ["Chore", "Chores"],
} as const;

// What is emitted with tests for a table in scopes, before anything is emitted.
describe.each(Object.entries(names))("%s", (table, [one, many]) => {
  const query = (name: string) => makeFunctionReference<"query">(`sync:${name}`);
  const mutation = (name: string) => makeFunctionReference<"mutation">(`sync:${name}`);
  const project: SyncTable = {
    ...{ table, functions, rules: syncRules, policies: syncPolicies },
    ...{ schemaVersion: 1, changesAtOnce: null, setAccess },
    open: () => deploy(),
    signIn: (deployment, name) => signIn(deployment, name),
    changesSince: query(`get${one}ChangesSince`),
    all: query(`getAll${many}ForUser`),
    upsert: mutation(`upsert${one}`),
    remove: mutation(`remove${one}`),
  };
  it("says of whom `setAccess` lets in nowhere, and what to do", async () => {
    const elsewhere: SyncTable = { ...project, setAccess: () => Promise.resolve() };
    await expect(openDevices(elsewhere)).rejects.toThrow(
      /listScopes.* may write in the \w+ "anas".*project\.setup\.ts/,
    );
  });

  for (const { title, run } of Object.values({ ...abuseCases, ...scopeCases }))
    it(title, () => run(project));
});
