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

- Local writes miss their targets (create 1.8, update 2.8 over a bare statement). The rows "alone" in the table above are the statements that no engine with
  a queue can do without: a commit writes the pages of two tables and their indexes, and a row that changes is read first. The rest is the engine's: checking
  and completing values, the op with the row before the edit as JSON, two ids, a clock reading, a fence against other runners in each commit, and what is
  kept for whoever waits for the server's answer. With a driver that does nothing, a create takes about as long as a bare insert (20 to 28 µs), an update
  with its read 35 to 50 µs.
- The flush misses its target of 0.5, and no flush of this design can meet it: its statements alone (see the table) read the batch, seal it in a commit of
  its own before it is sent (an op leaves one index and enters two), read the rows, write their versions and delete the ops. Of the engine's own part,
  parsing the answer and ops and writing the batch as JSON, for its size and its hash, are the largest.
- First sync and pull spend about half of their time in SQLite's statements, which are those of the limit, and most of the rest in parsing the pages, which
  the limit has decoded. Making the secondary indexes after the first download would be faster than the limit; it is not done, because a migration
  could then meet a table without them.
- The longest holds of the thread are commits during which SQLite moves its log into the file, and longer when other programs write to the disk. Slices
  within a page would not shorten them; a checkpoint from a thread and connection of its own would, which expo-sqlite's asynchronous API allows on a phone.
- The engine's figures were taken while other programs kept both processors and the disk busy (see the load), which costs the side that allocates more: the
  first sync and the pull were at 0.75 to 0.89 of the limit in earlier runs on a quieter machine (load 3).
- The engine is larger than its target of 12 kB gzipped. It is logic throughout (no text of more than a sentence, no policy that a project does not use, no
  library). Of 64 kB minified, 15 are the queue, its rows and what an app does with issues, 13 the service with its session, doorbell and clock, 12 what
  device and server share, 11 push and pull, 10 the store's SQL and 3 the ports. @powersync/common, which is smaller, leaves this to a native core that it
  does not count.
- What a run made of a table is kept in \`node_modules/.cache/sync-gen\` and taken by the next one, so that an edit of one table lays out that table alone.
  A run that changes one policy still starts the generator and esbuild (half of its time), reads and hashes what stands on disk, and builds and compares
  the models of all tables. In a project without \`node_modules\` nothing is kept, and such a run costs what a full one does.
- A full \`generate\` is layout for a half, and writing files one by one, each under a temporary name first, for a fifth. Where the project has a prettier
  configuration of its own, prettier lays out every file that changed: then it is many times slower.
- Of the instantiations a table in the client, about 370 are Drizzle's for the table itself, 200 the hooks', the registry's and the app's; the rest is the
  user's Convex code, which TypeScript checks because \`api\` is typed by it: the row's type and the data model that Convex derives from it, \`.index(…)\`,
  which is generic three times over, and the passes that \`api\` makes over every function. The functions' own types are said once for all tables.

Live queries are counted by a test: of a hundred on ten tables, a write makes the ten of its own table run again, once each, and no other.

Not measured yet: 1,000 tables (\`--sizes 1000\` does).
`;
