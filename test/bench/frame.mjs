/** docs/benchmarks.md around the measured sections. */
export const frame = `# Benchmarks

What sync-gen and the code that it emits cost, beside what can be had otherwise. Every figure is a ratio within one run: to a limit that nothing
can beat (bare Node, raw SQLite) and to other tools that did the same on the same machine in the same minutes. Milliseconds say more about the
machine than about the program; processor time is given beside wall time because other programs on the machine disturb it less.

To repeat: \`npm install\` in \`test/bench\`, then \`npm run bench\`, or \`npm run bench -- generator\` (\`engine\`, \`types\`, \`bundle\`, \`convex\`)
for one section. Jobs run interleaved, once a round after a round to warm up; figures are medians. \`NODE_EXTRA_CA_CERTS\` is unset for every
child: it makes each start of Node 35 to 45 ms longer, which flatters all ratios to bare Node.

## Generator

Whole processes, tables of ten fields and two indexes. drizzle-kit reads the very schema that sync-gen emits; sync-gen's times include the same migration.

<!-- generator -->

<!-- end of generator -->

## Engine

The emitted engine on better-sqlite3, a file in WAL mode with \`synchronous = NORMAL\`, the same rows for everybody.

<!-- engine -->

<!-- end of engine -->

## Types

\`tsc\` over an emitted project that uses every table.

<!-- types -->

<!-- end of types -->

## Bundle

What an app's bundle grows by: esbuild, minified, gzip level 9.

<!-- bundle -->

<!-- end of bundle -->

## Convex

What the backend is billed for, counted by Convex's own system calls under convex-test.

<!-- convex -->

<!-- end of convex -->

## What limits it now

- Local writes miss their targets (create 1.8, update 2.8 over a bare statement). Their statements alone, row and op in one transaction and nothing around
  them, cost 1.6 and, with the row read first, 3.0: every commit writes the pages of two tables and their indexes. The rest is the engine's: checking and
  completing values, the op with the row before the edit as JSON, two ids, a clock reading, and about a dozen promises. An update writes the fields that
  differ and leaves the indexes of the others alone; a row that is synced is read without a look at the queue.
- The flush misses its target of 0.5 by far. The limit reads ops as rows of text and deletes them. The engine also seals the batch in a commit of its own
  before it is sent (an op leaves one index and enters two), hashes it, reads rows and ops again when the answer comes, because both may have changed since,
  and writes every row's version. About half of the time is SQLite's; of the rest the hash, which puts keys in order, is the largest part.
- The longest holds of the thread are commits during which SQLite moves its log into the file: without that they were about half as long. Slices within
  a page would not shorten them. Other programs on the machine make all holds longer.
- The engine's figures above were taken while other programs kept both processors busy (see the load), which costs the side that allocates more: the first
  sync and the pull, which parse pages as they arrive, were at 0.75 to 0.89 of the limit in earlier runs on a quieter machine (load 3).
- The engine is larger than its target of 12 kB gzipped. It is logic throughout (no text of more than a sentence, no policy that a project does not use, no
  library); queue, push and pull with their recoveries are the largest part. @powersync/common, which is smaller, leaves
  this to a native core that it does not count.
- What a run made of a table is kept in \`node_modules/.cache/sync-gen\` and taken by the next one, so that an edit of one table lays out that table alone.
  A run that changes one policy still starts the generator and esbuild (half of its time), reads and hashes what stands on disk, and builds and compares
  the models of all tables. In a project without \`node_modules\` nothing is kept, and such a run costs what a full one does.
- A full \`generate\` is layout for a half, and writing files one by one, each under a temporary name first, for a fifth. Where the project has a prettier
  configuration of its own, prettier lays out every file that changed: then it is many times slower.
- Of the instantiations a table in the client, about 370 are Drizzle's for the table itself, 200 the hooks', the registry's and the app's; the rest is the
  user's Convex code, which TypeScript checks because \`api\` is typed by it: the row's type and the data model that Convex derives from it, \`.index(…)\`,
  which is generic three times over, and the passes that \`api\` makes over every function. The functions' own types are said once for all tables.

Live queries are counted by a test: of a hundred on two tables, a write makes those of its own table run again, once each, and no other.

Not measured yet: 1,000 tables (\`--sizes 1000\` does), asynchronous drivers, PowerSync's Node SDK.
`;
