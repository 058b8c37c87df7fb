import schema from "../convex/schema";
import { startPlay } from "./deployment";
import { modules } from "./functions";

/** Starts the deployment and says where it is. */
export async function main({ folder }: { readonly folder: string }): Promise<void> {
  const { port } = new URL((await startPlay({ schema, modules, folder, port: 4000 })).url);
  console.log(`http://localhost:${port}`);
}
