import { cronJobs } from "convex/server";
import { api, internal } from "./_generated/api";

const crons = cronJobs();
crons.weekly("report", { dayOfWeek: "monday", hourUTC: 8, minuteUTC: 0 }, api.reports.send, {});

crons.daily(
  "collect sync garbage",
  { hourUTC: 3, minuteUTC: 17 },
  internal.sync.collectGarbage,
);
export default crons;
