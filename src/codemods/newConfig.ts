import { defineSync, type SyncConfig } from "../config/defineSync";
import { boolean, choice, text, timestamp } from "../config/fields";
import { table } from "../config/table";

/** The policies that need no further option, for a first table. */
export const firstPolicies = [
  "mobile-wins",
  "server-wins",
  "last-write-wins",
  "field-merge",
  "manual",
] as const;
/** One of `firstPolicies`. */
export type FirstPolicy = (typeof firstPolicies)[number];

/** What a new `sync.config.ts` means. */
export interface NewConfigValue {
  readonly clientOut: string;
  readonly serverOut: string;
  /** The example table, which the user makes theirs. */
  readonly table: string;
  readonly policy: FirstPolicy;
  /** Emit tests of the Convex functions. */
  readonly tests: boolean;
}

/** What a new `sync.config.ts` says. */
export interface NewConfig extends NewConfigValue {
  /** How this project runs sync-gen: `npx sync-gen`. */
  readonly command: string;
}

/** What the text of `newConfig` means once it is read: for checks before anything is written. */
export function newConfigValue(config: NewConfigValue): SyncConfig {
  const { policy } = config;
  return defineSync({
    client: { store: "expo-sqlite", out: config.clientOut },
    server: { backend: "convex", out: config.serverOut, ...(config.tests ? { tests: true } : {}) },
    tables: {
      [config.table]: table({
        policy,
        operations: ["create", "update", "delete"],
        fields: {
          title: text(),
          isDone: boolean().default(false),
          priority: choice(["low", "normal", "high"]).default("normal"),
          dueAt: timestamp().optional(),
        },
      }),
    },
  });
}

/** The text of a first `sync.config.ts`, with comments that say what can be changed. */
export function newConfig(config: NewConfig): string {
  const { command } = config;
  const quoted = JSON.stringify;
  const tests = config.tests ? ", tests: true" : "";
  return `import { boolean, choice, defineSync, table, text, timestamp } from "sync-gen";

/**
 * What this app keeps in sync between its devices and Convex.
 * After a change: ${command} generate
 *
 * Fields: text() integer() real() boolean() timestamp() json<Type>() choice(["a", "b"]) reference("table")
 * Then: .optional() .default(value) .index() .renamedFrom("old") .deviceOnly() .serverOnly()
 */
export default defineSync({
  // The device: SQLite. The code is written into db, sync, hooks, providers and components below this folder.
  client: { store: "expo-sqlite", out: ${quoted(config.clientOut)} },
  // The server: the folder of your Convex functions${config.tests ? ", and tests of them in its folder syncTests" : ""}.
  server: { backend: "convex", out: ${quoted(config.serverOut)}${tests} },
  tables: {
    // An example; make it yours. Another one: ${command} add-table notes --field title:text
    ${config.table}: table({
      // What happens when two sides change the same row: ${command} explain ${config.policy}
      policy: ${quoted(config.policy)},
      // What devices may do; the hook of the table has exactly these.
      operations: ["create", "update", "delete"],
      fields: {
        title: text(),
        isDone: boolean().default(false),
        priority: choice(["low", "normal", "high"]).default("normal"),
        dueAt: timestamp().optional(),
      },
    }),
  },
});
`;
}
