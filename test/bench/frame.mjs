/** docs/benchmarks.md around the measured sections, where there is none yet; what limits them is written there by hand. */
export const frame = `# Benchmarks

What sync-gen and the code that it emits cost, beside what can be had otherwise. Every figure is a ratio within one run: to a limit that nothing
can beat (bare Node, raw SQLite) and to other tools that did the same on the same machine in the same minutes. Milliseconds say more about the
machine than about the program; processor time is given beside wall time because other programs on the machine disturb it less.

To repeat: \`npm install\` in \`test/bench\`, \`npm ci\` in \`test/e2e\` and a Chromium for the part in a browser, then \`npm run bench\`, or \`npm run bench -- generator\` (\`engine\`, \`types\`, \`bundle\`, \`convex\`)
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
`;
