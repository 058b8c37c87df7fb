// Writes the parts of docs/ that are made from the code: `npx tsx test/docs/write.ts`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { measureCosts } from "./costs";
import { madeTexts, remake } from "./madeText";

const docs = fileURLToPath(new URL("../../docs", import.meta.url));
const made = madeTexts(await measureCosts());
for (const name of readdirSync(docs).filter((file) => file.endsWith(".md"))) {
  const path = join(docs, name);
  const page = readFileSync(path, "utf8");
  const next = remake(page, made);
  if (next !== page) writeFileSync(path, next);
}
