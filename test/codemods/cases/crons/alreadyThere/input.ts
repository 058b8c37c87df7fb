import { cronJobs } from "convex/server";
import { internal } from "./_generated/api";

const crons = cronJobs();
crons.hourly("tombstones", { minuteUTC: 5 }, internal.sync.collectGarbage);
export default crons;
