import { createFakeServer } from "../client/fakeServer";
import { createDevice, settle, type Device } from "../client/world";
import type { Deployment, Version } from "./versions";

/** A phone that runs one version of the app, against a server of the same or another one. */
export async function phone(app: Version, server: Deployment, file?: Buffer): Promise<Device> {
  const { registry, migrations } = app;
  const device = await createDevice({
    // Replaced by the deployment below.
    server: createFakeServer(registry),
    registry,
    migrations,
    account: server.userId,
    ports: { backend: server.connect(registry) },
    ...(file === undefined ? {} : { file }),
  });
  device.time.now = Date.now();
  await device.sync.start();
  await quiet(device);
  return device;
}

/** Lets a phone send and fetch until there is nothing left to do. */
export async function quiet(device: Device): Promise<void> {
  for (let round = 0; round < 5; round += 1) await settle();
  await device.sync.syncNow();
  for (let round = 0; round < 5; round += 1) await settle();
}
