import { readFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
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

/** Two phones and the office. */
export interface Stage {
  /** The first phone's address; the second phone's port is the next one. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Starts the deployment, with something in it, at two ports. */
export async function startStage({
  folder,
  pages,
  port = 4000,
}: PlayPlace): Promise<Stage> {
  const page = await readFile(join(pages, "stage.html"), "utf8");
  const play = await startPlay({
    schema,
    modules,
    folder,
    pages: { "/stage": page },
    port,
  });
  const second = await forward(port + 1, port);
  await furnish(play.url);
  return {
    url: `http://localhost:${port}`,
    close: async () => {
      second.close();
      await play.close();
    },
  };
}

/** Starts it and says where it is. */
export async function main({
  port = 4000,
  ...place
}: PlayPlace): Promise<void> {
  const { url } = await startStage({ ...place, port });
  console.log(`
Field tasks is running, with a Convex deployment of its own in memory.

  One phone            ${url}
  Another phone        http://localhost:${port + 1}
  Both, and the office ${url}/stage

Sign in on both as crew7. The circle at the top of the app has a switch to pretend to be offline.
Ctrl-C ends it.
`);
}

/** Another port is another origin for a browser, with a database of its own: another device. */
function forward(from: number, to: number): Promise<Server> {
  const server = createServer((socket) => {
    const target = connect(to, "127.0.0.1");
    socket.pipe(target).pipe(socket);
    // Either side may hang up at any time; the other then hears of it.
    socket.on("error", () => target.destroy());
    target.on("error", () => socket.destroy());
  });
  return new Promise((resolve, reject) =>
    server.on("error", reject).listen(from, "127.0.0.1", () => resolve(server)),
  );
}

/** What the office wrote before the first phone came. */
async function furnish(url: string): Promise<void> {
  const office = new ConvexHttpClient(url);
  office.setAuth(makeToken("crew7", Date.now()));
  const harbour = await office.mutation(api.office.addProject, {
    name: "Harbour",
    color: "blue",
  });
  const mill = await office.mutation(api.office.addProject, {
    name: "Old mill",
    color: "orange",
  });
  for (const [project, text] of [
    [harbour, "Inspect the pump in hall 2"],
    [harbour, "Replace the lamp on pier 4"],
    [mill, "Read the water meter"],
    [mill, "Photograph the crack in the north wall"],
  ] as const)
    await office.mutation(api.office.addTask, { text, project });
}
