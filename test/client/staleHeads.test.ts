import { describe, expect, it } from "vitest";
import type { Backend } from "../../templates/client/sync/ports";
import { anyTable } from "./anyTable";
import type { FakeServer } from "./fakeServer";
import { club, both } from "./leaving";
import { idsIn, serverWith, startMember, tell } from "./members";
import { settle } from "./world";

/** The server, over a connection that may swallow what the doorbell brings. */
function deafTo(server: FakeServer) {
  const line = { isDeaf: false };
  const { backend } = server;
  const subscribe: Backend["subscribe"] = (onHead, onError) =>
    backend.subscribe((head) => {
      if (!line.isDeaf) onHead(head);
    }, onError);
  return { line, ports: { backend: { ...backend, subscribe } } };
}

describe("a head that is older than what the device knows", () => {
  it("takes nobody out of a scope that the timer has heard of", async () => {
    const server = serverWith(club);
    const { line, ports } = deafTo(server);
    const device = await startMember({ server, interval: 60_000, ports });
    line.isDeaf = true;
    server.write("boards", "b", { title: "by others" }, "team");
    tell(server, both);
    await device.time.pass(60_000);
    expect(await idsIn(device, "boards")).toEqual(["b"]);
    await anyTable(device, "boards").create({ scopeId: "team", title: "mine" });
    await settle();
    expect(device.sync.scopes?.get()).toHaveLength(2);
    expect(await device.ops()).toEqual([]);
    expect(Object.keys(server.rows("boards"))).toHaveLength(2);
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
  });

  it("F19: takes nobody out of a scope that another tab has heard of", async () => {
    const server = serverWith(club);
    const { line, ports } = deafTo(server);
    const late = await startMember({ server, ports });
    line.isDeaf = true;
    const device = await late.beside({ server, ports: {} });
    await device.sync.start();
    await settle();
    server.write("boards", "b", { title: "by others" }, "team");
    tell(server, both);
    await settle();
    device.setOnline(false);
    await anyTable(device, "boards").create({ scopeId: "team", title: "mine" });
    await anyTable(late, "notes").create({ body: "one" });
    await settle();
    expect(Object.keys(server.rows("boards"))).toHaveLength(2);
    expect(await device.ops()).toEqual([]);
    expect(await device.rows("boards")).toEqual(server.rows("boards"));
  });

  it("lets nobody into a scope again that they were taken out of", async () => {
    const server = serverWith(both);
    const { line, ports } = deafTo(server);
    const device = await startMember({ server, interval: 60_000, ports });
    line.isDeaf = true;
    tell(server, club);
    await device.time.pass(60_000);
    await anyTable(device, "boards").create({ scopeId: "club", title: "mine" });
    await settle();
    expect(device.sync.scopes?.get()).toMatchObject([{ scopeId: "club" }]);
  });
});
