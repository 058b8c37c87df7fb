// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.daily(
  "collect sync tombstones",
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectTombstones,
);

export default crons;
