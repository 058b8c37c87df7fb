import type { ScopeAccess } from "../../templates/shared/protocol";
import { createFakeServer, type FakeServer } from "./fakeServer";
import { scopedMigrations, scopedRegistry } from "./fixture/scopes";
import { createDevice, settle, type Device, type DeviceOptions } from "./world";

/** What a user may do in the workspaces and households of these names. */
export type Memberships = Readonly<Record<string, ScopeAccess>>;

/** A server whose user is in these scopes: `{ "workspace team": "write" }`. */
export function serverWith(memberships: Memberships): FakeServer {
  const server = createFakeServer(scopedRegistry);
  tell(server, memberships);
  return server;
}

/** From now on the user is in these scopes and no others. */
export function tell(server: FakeServer, memberships: Memberships): void {
  server.scopes = Object.entries(memberships).map(([name, access]) => {
    const [scope = "", scopeId = ""] = name.split(" ");
    return { scope, scopeId, access };
  });
  server.ringAll();
}

/** A device of the user, not started. */
export async function createMember(options: DeviceOptions): Promise<Device> {
  return createDevice({ registry: scopedRegistry, migrations: scopedMigrations, ...options });
}

/** A device of the user that has started and is quiet. */
export async function startMember(options: DeviceOptions): Promise<Device> {
  const device = await createMember(options);
  await device.sync.start();
  await settle();
  return device;
}

/** The ids of what a table holds. */
export async function idsIn(device: Device, table: string): Promise<string[]> {
  return Object.keys(await device.rows(table)).sort();
}
