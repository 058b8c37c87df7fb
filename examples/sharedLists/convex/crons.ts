// Created by sync-gen from sync.config.ts. Yours from now on: sync-gen never
// changes it again, and creates it anew only when it is missing.

import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.daily(
  "collect sync garbage",
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectGarbage,
);

export default crons;
