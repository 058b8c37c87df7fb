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

- Local writes miss their target by far (create 1.8, update 2.8 over a bare statement). A profile shows half of the time in SQLite (two rows and their
  indexes, \`BEGIN\` and \`COMMIT\`) and half in the engine: ids, the size check, the SQL of reads that is put together for each call.
- The flush misses its target of 0.5 by far. Ops are decoded, hashed and encoded one by one, every row is read again and rewritten for its answer, and
  sealing a batch is a commit of its own; the limit does none of this.
- 10,000 failed ops are read and decoded whole in every cycle, which holds the thread for hundreds of milliseconds; their names would do.
- A cold \`generate\` of 200 tables spends its time in drizzle-kit's API (which takes 300 ms of processor time to load), in laying out code and in writing
  files. One changed policy still plans and lays out every table; one changed field loads drizzle-kit besides.
- The engine is larger than its target of 12 kB gzipped.
- Of the instantiations a table in the client, most come from the typed Convex functions behind \`api\`.

Not measured yet: 1,000 tables, asynchronous drivers, 1,000,000 rows, PowerSync's Node SDK, live queries.
`;
