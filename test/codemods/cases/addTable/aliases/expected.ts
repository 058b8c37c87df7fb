import { defineSync, table, text as string, choice, json } from "sync-gen";
import { text } from "./words";

export default defineSync({ tables: { tasks: table({ policy: "hlc", fields: { a: string().describe(text) } }), notes: table({
  policy: "mobile-wins",
  operations: ["create", "update"],
  fields: {
    title: string(),
    priority: choice(["low", "high"]).default("low"),
    tags: json<string[]>().default([])
  }
}) } });
