// `npm run bench` measures everything, `npm run bench -- engine bundle` only that; both write docs/benchmarks.md.
//   --rounds N     how often each job runs (the default differs by job)
//   --sizes 1,20   numbers of tables, for `generator` and `types`
//   --rows N       rows of the first sync, for `engine`
import { rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { frame } from "./frame.mjs";
import { buildTool, root, scratch } from "./project.mjs";
import { writeSection } from "./report.mjs";
import { measureBundle } from "./rooms/bundle.mjs";
import { measureConvex } from "./rooms/convex.mjs";
import { measureEngine } from "./rooms/engine.mjs";
import { measureGenerator } from "./rooms/generator.mjs";
import { measureTypes } from "./rooms/types.mjs";

const rooms = {
  generator: measureGenerator,
  engine: measureEngine,
  types: measureTypes,
  bundle: measureBundle,
  convex: measureConvex,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    sizes: { type: "string" },
    rows: { type: "string" },
    out: { type: "string", default: join(root, "docs/benchmarks.md") },
  },
});
const unknown = positionals.filter((name) => !Object.hasOwn(rooms, name));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(", ")}: ${Object.keys(rooms).join(", ")}.`);
  process.exit(2);
}
const options = {
  ...(values.rounds ? { rounds: Number(values.rounds) } : {}),
  ...(values.sizes ? { sizes: values.sizes.split(",").map(Number) } : {}),
  ...(values.rows ? { rows: Number(values.rows) } : {}),
  progress: (what) => process.stderr.write(`\r\u001b[K${what}`),
};
buildTool();
for (const [name, measure] of Object.entries(rooms)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const lines = await measure(options);
  process.stderr.write("\r\u001b[K");
  console.log(lines.join("\n"));
  const measured = `Measured with Node ${process.versions.node}${values.rounds ? `, ${values.rounds} rounds,` : ""} on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, load ${loadavg()[0].toFixed(0)}.`;
  writeSection(values.out, frame, name, [measured, "", ...lines]);
}
rmSync(scratch, { recursive: true, force: true });
