import { defineApp } from "convex/server";
import limiter from "@convex-dev/rate-limiter/convex.config";

const app = defineApp();
app.use(limiter, { name: "rateLimiter" });

export default app;
