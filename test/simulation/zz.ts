import { mixes } from "./mixes";
import { simulate } from "./simulate";
const push = Array.prototype.push;
Array.prototype.push = function (...items: unknown[]) {
  for (const item of items) if (typeof item === "string" && /^ +[\d.]+ /.test(item)) process.stdout.write(item.slice(0, 300) + "\n");
  return push.apply(this, items as never);
} as never;
void simulate({ seed: Number(process.argv[3] ?? 83), tables: mixes[(process.argv[2] ?? "teams") as "teams"], trace: true }).then((r) => process.stdout.write("END " + JSON.stringify(r.broken) + "\n"));
