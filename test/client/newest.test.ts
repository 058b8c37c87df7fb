import { expect, it } from "vitest";
import type { ServerState } from "../../templates/client/sync/ports";
import { newest } from "../../templates/client/sync/rowState";

const state = (stamp: string): ServerState => ({
  fields: {},
  stamp: stamp,
  serverId: null,
  userId: null,
  createdAt: 0,
  updatedAt: 0,
});
const [earlier, later] = [state("1"), state("2")];

it.each([
  [earlier, later, later],
  [later, earlier, later],
  [earlier, null, earlier],
  [null, earlier, earlier],
  [null, null, null],
])("takes the later of two states of the server, or the one that is known: %#", (a, b, want) => {
  expect(newest(a, b)).toBe(want);
});

it("takes the first of two with the same stamp", () => {
  expect(newest(earlier, { ...earlier })).toBe(earlier);
});
