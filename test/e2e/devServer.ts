import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { example, root } from "./exports";

/** What `npx expo start` serves to a phone. */
export interface DevServer {
  /** The app's code as a phone of that platform loads it. */
  bundle(platform: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts Expo's development server for the example, with Metro's cache in the folder `cache`. */
export async function startDevServer(port: number, cache: string): Promise<DevServer> {
  const args = [join(root, "node_modules/expo/bin/cli"), "start", "--port", String(port)];
  const env = { ...process.env, ...terminal, TMPDIR: cache };
  const child = spawn(process.execPath, args, { cwd: example, env });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk) => (printed += String(chunk)));
  const address = `http://127.0.0.1:${String(port)}`;
  while (!(await isRunning(address))) {
    if (child.exitCode !== null)
      throw new Error(`expo start: ${String(child.exitCode)}\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return {
    bundle: (platform) => readBundle(address, platform),
    stop: () => stop(child),
  };
}

/** As in a terminal: under a test runner's own NODE_ENV, the server wants its parts mocked. */
const terminal = {
  NODE_ENV: "development",
  CI: "1",
  EXPO_OFFLINE: "1",
  EXPO_NO_TELEMETRY: "1",
};

async function isRunning(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/status`).catch(() => null);
  return (await answer?.text()) === "packager-status:running";
}

/** As a phone does: it asks for the manifest, then for the code that the manifest names. */
async function readBundle(address: string, platform: string): Promise<string> {
  const headers = { "expo-platform": platform, accept: "application/expo+json,application/json" };
  const manifest = (await (await fetch(address, { headers })).json()) as {
    readonly launchAsset: { readonly url: string };
  };
  const answer = await fetch(manifest.launchAsset.url);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${platform}: ${text.slice(0, 2000)}`);
  return text;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGINT");
  await ended;
}
