import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();

crons.interval(
  "clear messages",
  { minutes: 1 }, // every minute
  internal.messages.clearAll,
);

crons.daily(
  "collect sync garbage",
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectGarbage,
);

export default crons;
