import { cronJobs } from "convex/server";
import { internal as own } from "./_generated/api";

const crons = cronJobs();
crons.hourly("tombstones", { minuteUTC: 5 }, own.sync.collectGarbage);
export default crons;
