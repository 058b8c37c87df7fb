import { defineApp } from "convex/server";
import { rateLimiter } from "./limits";

const app = defineApp();
rateLimiter.install(app);

export default app;
