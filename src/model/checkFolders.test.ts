import { describe, expect, it } from "vitest";
import { client, reports, server, tasks, type Anything } from "./configFixture";

describe("paths", () => {
  it.each<[Anything, string]>([
    [{ client: { ...client, out: "/srv" } }, "SG230 client.out"],
    [{ client: { ...client, out: "C:/app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "~/app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "../app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "a/../../app" } }, "SG230 client.out"],
    [{ client: { ...client, out: "." } }, "SG230 client.out"],
    [{ client: { ...client, out: "apps\\native" } }, "SG233 client.out"],
    [{ client: { ...client, out: "a\nb" } }, "SG233 client.out"],
    [{ server: { ...server, out: "node_modules/x/convex" } }, "SG231 server.out"],
    [
      { client: { ...client, out: "convex" }, server: { ...server, out: "Convex" } },
      "SG232 client.out",
    ],
    [
      { client: { ...client, out: "convex/app" }, server: { ...server, out: "convex" } },
      "SG232 client.out",
    ],
    [
      { client: { ...client, out: "src" }, server: { ...server, out: "src/sync/convex" } },
      "SG232 server.out",
    ],
    [{ client: { ...client, api: "../../other/api" } }, "SG230 client.api"],
    [{ client: { ...client, api: "a b" } }, "SG234 client.api"],
    [{ client: { ...client, api: "" } }, "SG234 client.api"],
    [tasks({ policy: "custom", merge: "../x#merge" }), "SG230 tables.tasks.merge"],
    [tasks({ policy: "custom", merge: "./missing#merge" }), "SG235 tables.tasks.merge"],
    [tasks({ policy: "custom", merge: "./x#not-one" }), "SG234 tables.tasks.merge"],
    [
      tasks({ policy: "custom", merge: "packages/backend/convex/merge-tasks#merge" }),
      "SG233 tables.tasks.merge",
    ],
  ])("%j: %s", (config, want) => {
    expect(reports({ ...tasks({}), ...config })).toEqual([want]);
  });

  it("of Convex may lie in the app's sources", () => {
    expect(
      reports({
        ...tasks({}),
        client: { ...client, out: "src" },
        server: { ...server, out: "src/convex" },
      }),
    ).toEqual([]);
  });
});
