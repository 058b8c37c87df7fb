import { v } from "convex/values";
import { mutation } from "./_generated/server";
import { synced } from "./syncWriters";

// What the office does in the browser: ordinary mutations. `synced` stamps the rows, so that phones see the change.

const projectColor = v.union(
  v.literal("gray"),
  v.literal("blue"),
  v.literal("green"),
  v.literal("orange"),
);

export const addProject = mutation({
  args: { name: v.string(), color: v.optional(projectColor) },
  returns: v.string(),
  handler: (ctx, project) => synced(ctx, "projects").insert(project),
});

export const renameProject = mutation({
  args: { clientId: v.string(), name: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId, name }) => {
    await synced(ctx, "projects").patch(clientId, { name });
    return null;
  },
});

export const addTask = mutation({
  args: { text: v.string(), project: v.string() },
  returns: v.string(),
  handler: (ctx, { text, project }) =>
    synced(ctx, "tasks").insert({ text, project }),
});

export const rewordTask = mutation({
  args: {
    clientId: v.string(),
    text: v.string(),
    priority: v.union(v.literal("low"), v.literal("normal"), v.literal("high")),
  },
  returns: v.null(),
  handler: async (ctx, { clientId, text, priority }) => {
    await synced(ctx, "tasks").patch(clientId, { text, priority });
    return null;
  },
});

export const removeProject = mutation({
  args: { clientId: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId }) => {
    await synced(ctx, "projects").remove(clientId);
    return null;
  },
});

export const rewordNote = mutation({
  args: { clientId: v.string(), body: v.string() },
  returns: v.null(),
  handler: async (ctx, { clientId, body }) => {
    await synced(ctx, "notes").patch(clientId, { body });
    return null;
  },
});
