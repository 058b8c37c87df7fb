// What an app's bundle grows by.
import { cpSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { build } from "esbuild";
import {
  bench,
  createProject,
  emptyFolder,
  root,
  runSyncGen,
  versionOf,
  writeText,
} from "../project.mjs";
import { bold, ratio, table } from "../report.mjs";
import { syncConfig } from "../shape.mjs";
import { measureMetro } from "./metro.mjs";

/** What an app with Expo, Drizzle and Convex has anyway. */
const platform = [
  "react",
  "react/*",
  "react-native",
  "expo-sqlite",
  "drizzle-orm",
  "drizzle-orm/*",
  "convex",
  "convex/*",
  "@react-native-community/netinfo",
];

/** A project that uses every policy. */
const everyPolicy = join(root, "test/golden/cases/everyPolicy/input");

/** Measures and returns a section of the report. */
export async function measureBundle({ progress }) {
  const sizes = [];
  const project = (name, config, ...inputs) => {
    const folder = createProject(emptyFolder(name), config);
    for (const input of inputs)
      cpSync(join(everyPolicy, input), join(folder, input), { recursive: true });
    runSyncGen(folder, "generate");
    writeText(
      join(folder, "convex/_generated/api.ts"),
      `export { anyApi as api } from "convex/server";\n`,
    );
    return join(folder, "src");
  };
  const add = async (name, code, options) => {
    progress(`bundle: ${name}`);
    sizes.push({ name, ...(await sizeOf(code, options)) });
  };

  const one = project("bundle1", syncConfig(1));
  const hundred = project("bundle101", syncConfig(101));
  const nine = project(
    "bundlePolicies",
    readFileSync(join(everyPolicy, "sync.config.ts"), "utf8"),
    "shared",
  );
  const emitted = (folder) => ({ resolveDir: folder, external: platform });
  // With what the tables hand to it: policies, and parts that not every project uses.
  const engine = (folder) => {
    const registry = readFileSync(join(folder, "sync/TableRegistry.ts"), "utf8");
    const parts = registry.matchAll(/^import (\{[^}]+\}) from "\.(\/[^"]+)";$/gm);
    return [
      `export { createSync } from "./sync/SyncService"; export { openPorts } from "./sync/platform";`,
      ...[...parts].map(([, names, file]) => `export ${names} from "./sync${file}";`),
    ].join(" ");
  };
  const everything = `export * from "./providers/OfflineProvider"; export * from "./sync/TableRegistry"; export * from "./components/SyncStatusIcon"; export * from "./components/SyncErrorBanner"; export * from "./components/InitialSyncScreen";`;
  const hooks = (count) =>
    Array.from(
      { length: count },
      (_, index) => `export * from "./hooks/useItems${index + 1}";`,
    ).join(" ");
  await add(bold("sync-gen: the engine and its ports, one policy"), engine(one), emitted(one));
  await add(bold("sync-gen: likewise, all nine policies"), engine(nine), emitted(nine));
  await add(bold("sync-gen: everything, one table"), everything + hooks(1), emitted(one));
  await add(bold("sync-gen: everything, 101 tables"), everything + hooks(101), emitted(hundred));

  const peers = [
    [
      "@powersync/common",
      `export * from "@powersync/common";`,
      "without its SQLite and its native core",
    ],
    [
      "tinybase",
      `export { createMergeableStore } from "tinybase"; export { createWsSynchronizer } from "tinybase/synchronizers/synchronizer-ws-client";`,
      "mergeable store and WebSocket synchronizer",
    ],
    ["dexie", `export { default } from "dexie";`, "storage alone, no sync"],
    ["replicache", `export { Replicache } from "replicache";`, ""],
    [
      "rxdb",
      `export { createRxDatabase } from "rxdb"; export { getRxStorageMemory } from "rxdb/plugins/storage-memory"; export { replicateRxCollection } from "rxdb/plugins/replication";`,
      "core, memory storage, replication",
    ],
    ["@tanstack/db", `export * from "@tanstack/db";`, "in memory, no sync of its own"],
    [
      "@nozbe/watermelondb",
      `export { Database, Model, appSchema, tableSchema } from "@nozbe/watermelondb"; export { synchronize } from "@nozbe/watermelondb/sync"; export { default as Loki } from "@nozbe/watermelondb/adapters/lokijs";`,
      "with LokiJS",
    ],
    [
      "convex",
      `export { ConvexReactClient } from "convex/react";`,
      "for comparison: what a Convex app has already",
    ],
  ];
  for (const [name, code, what] of peers) {
    const label = `${name} ${await versionOf(name)}${what === "" ? "" : `: ${what}`}`;
    try {
      await add(label, code, {
        resolveDir: bench,
        external: ["react", "react/*", "react-dom", "ws"],
      });
    } catch {
      sizes.push({ name: `${label} (does not bundle)`, minified: NaN, gzipped: NaN });
    }
  }
  progress("bundle: the example, by Metro");
  const metro = measureMetro();
  const [first] = sizes;
  const rows = sizes.map(({ name, minified, gzipped }, index) => [
    name,
    kilobytes(minified),
    kilobytes(gzipped),
    ratio(gzipped / first.gzipped),
    index === 0 ? "≤ 12 kB" : "",
  ]);
  const perTable = (key) => ((sizes[3][key] - sizes[2][key]) / 100).toFixed(0);
  return [
    ...table(["bundle", "minified kB", "gzipped kB", "of the engine", "target"], rows),
    "Ours are without React, React Native, Drizzle, expo-sqlite and Convex, which the app has.",
    `Each further table of ten fields adds ${perTable("minified")} bytes minified, ${perTable("gzipped")} gzipped.`,
    "",
    `Metro's bundle of \`examples/fieldTasks\` for Android has ${kilobytes(metro.all.minified)} kB (${kilobytes(metro.all.gzipped)} gzipped). Emitted code is ${kilobytes(metro.emitted.minified)} kB of it (${kilobytes(metro.emitted.gzipped)}): engine, tables, migrations, hooks, providers and status components.`,
  ];
}

async function sizeOf(contents, { resolveDir, external }) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: "tsx" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    mainFields: ["module", "browser", "main"],
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    external,
    logLevel: "silent",
  });
  const { contents: bytes } = outputFiles[0];
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
}

const kilobytes = (bytes) => (Number.isNaN(bytes) ? "–" : (bytes / 1000).toFixed(1));
