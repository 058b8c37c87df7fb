// What Metro makes of the example, and how much of that is emitted code: by the map that it writes beside the bundle.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { cleanEnvironment } from "../measure.mjs";
import { emptyFolder, root } from "../project.mjs";

const example = join(root, "examples/fieldTasks");

/** Exports the example for Android, without Hermes. Sizes in bytes. */
export function measureMetro() {
  const out = emptyFolder("metro");
  const options = ["--platform", "android", "--no-bytecode", "--source-maps", "--output-dir", out];
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules/expo/bin/cli"), "export", ...options],
    {
      cwd: example,
      encoding: "utf8",
      env: { ...cleanEnvironment(), CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" },
    },
  );
  if (status !== 0) throw new Error(stderr);
  const files = readdirSync(out, { recursive: true }).map((path) => join(out, path));
  const bundle = readFileSync(find(files, /\.js$/), "utf8");
  const map = readFileSync(find(files, /\.js\.map$/), "utf8");
  const emitted = emittedPart(bundle, new TraceMap(map));
  const sizesOf = (text) => ({
    minified: Buffer.byteLength(text),
    gzipped: gzipSync(text, { level: 9 }).length,
  });
  return { all: sizesOf(bundle), emitted: sizesOf(emitted) };
}

function find(files, pattern) {
  const found = files.find((path) => pattern.test(path));
  if (found === undefined) throw new Error(`Metro wrote no ${pattern}.`);
  return found;
}

/** The parts of the bundle that come from emitted files; what no mapping names belongs to the one before it. */
function emittedPart(bundle, map) {
  const { files } = JSON.parse(readFileSync(join(example, ".sync-gen/manifest.json"), "utf8"));
  const starts = [0];
  for (let at = bundle.indexOf("\n"); at >= 0; at = bundle.indexOf("\n", at + 1)) starts.push(at + 1);
  const parts = [];
  let from = 0;
  let isEmitted = false;
  eachMapping(map, ({ generatedLine, generatedColumn, source }) => {
    const at = starts[generatedLine - 1] + generatedColumn;
    if (isEmitted) parts.push(bundle.slice(from, at));
    from = at;
    // Metro names what lies in the project from there.
    isEmitted = source !== null && Object.hasOwn(files, source.replace(/^\//, ""));
  });
  if (isEmitted) parts.push(bundle.slice(from));
  return parts.join("");
}
