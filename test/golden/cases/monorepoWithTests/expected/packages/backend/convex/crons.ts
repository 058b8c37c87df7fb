import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.daily(
  "collect sync garbage",
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectGarbage,
);

export default crons;
