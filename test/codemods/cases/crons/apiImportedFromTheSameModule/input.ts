import { cronJobs } from "convex/server";
import { api } from "./_generated/api";

const crons = cronJobs();
crons.weekly("report", { dayOfWeek: "monday", hourUTC: 8, minuteUTC: 0 }, api.reports.send, {});
export default crons;
