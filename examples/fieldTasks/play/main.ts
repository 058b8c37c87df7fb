import { readFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { ConvexHttpClient } from "convex/browser";
import { makeToken } from "../../../test/loopback/tokens";
import { api } from "../convex/_generated/api";
import schema from "../convex/schema";
import { startPlay } from "./deployment";
import { modules } from "./functions";

export interface PlayPlace {
  /** The app's web export. */
  readonly folder: string;
  /** Where `stage.html` is. */
  readonly pages: string;
  /** The first of two ports. */
  readonly port?: number;
}

/** Starts the deployment with something in it, and says where it is. */
export async function main({ folder, pages, port = 4000 }: PlayPlace): Promise<void> {
  const stage = await readFile(join(pages, "stage.html"), "utf8");
  const play = await startPlay({ schema, modules, folder, pages: { "/stage": stage }, port });
  await forward(port + 1, port);
  await furnish(play.url);
  console.log(`
Field tasks is running, with a Convex deployment of its own in memory.

  One phone            http://localhost:${port}
  Another phone        http://localhost:${port + 1}
  Both, and the office http://localhost:${port}/stage

Sign in on both as crew7. The circle at the top of the app has a switch to pretend to be offline.
`);
}

/** Another port is another origin for a browser, with a database of its own: another device. */
function forward(from: number, to: number): Promise<void> {
  const server = createServer((socket) => {
    const target = connect(to, "127.0.0.1");
    socket.pipe(target).pipe(socket);
    // Either side may hang up at any time; the other then hears of it.
    socket.on("error", () => target.destroy());
    target.on("error", () => socket.destroy());
  });
  return new Promise((resolve) => server.listen(from, "127.0.0.1", resolve));
}

/** What the office wrote before the first phone came. */
async function furnish(url: string): Promise<void> {
  const office = new ConvexHttpClient(url);
  office.setAuth(makeToken("crew7", Date.now()));
  const harbour = await office.mutation(api.office.addProject, { name: "Harbour" });
  const mill = await office.mutation(api.office.addProject, { name: "Old mill" });
  for (const [project, text] of [
    [harbour, "Inspect the pump in hall 2"],
    [harbour, "Replace the lamp on pier 4"],
    [mill, "Read the water meter"],
    [mill, "Photograph the crack in the north wall"],
  ] as const)
    await office.mutation(api.office.addTask, { text, project });
}
