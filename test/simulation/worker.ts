import { runSeeds, type SeedRange } from "./runSeeds";

// What `workers.ts` starts: the range as an argument, each failure and then the tally as a line of JSON.
// Safe: written there.
const range = JSON.parse(process.argv[2] ?? "") as SeedRange;
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const tally = await runSeeds(range, async (failure) => {
  say({ failure });
  return true;
});
say({ tally });
