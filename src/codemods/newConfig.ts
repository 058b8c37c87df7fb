/** What a new `sync.config.ts` says. */
export interface NewConfig {
  readonly clientOut: string;
  readonly serverOut: string;
  /** The example table, which the user makes theirs. */
  readonly table: string;
  readonly policy: string;
  /** How this project runs sync-gen: `npx sync-gen`. */
  readonly command: string;
  /** Emit tests of the Convex functions. */
  readonly tests: boolean;
}

/** The text of a first `sync.config.ts`, with comments that say what can be changed. */
export function newConfig(config: NewConfig): string {
  const { command, table } = config;
  const text = JSON.stringify;
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
  client: { store: "expo-sqlite", out: ${text(config.clientOut)} },
  // The server: the folder of your Convex functions${config.tests ? ", and tests of them in its folder syncTests" : ""}.
  server: { backend: "convex", out: ${text(config.serverOut)}${tests} },
  tables: {
    // An example; make it yours. Another one: ${command} add-table notes --field title:text
    ${table}: table({
      // What happens when two sides change the same row: ${command} explain ${config.policy}
      policy: ${text(config.policy)},
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
