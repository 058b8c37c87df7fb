// What a PowerSync service sends: one bucket, all rows as a checkpoint, then the changes as another when it is told to.
import { createServer } from "node:http";
import { changedRows, firstRows } from "../engines/rows.mjs";

const [rows, changes, pageRows] = ["ROWS", "CHANGES", "PAGE_ROWS"].map((name) =>
  Number(process.env[name]),
);
const bucket = "items";
const line = (value) => `${JSON.stringify(value)}\n`;
let last = 0;
let checksum = 0;

/** A row as an operation of the bucket; the client adds the checksums up and reads no more out of them. */
function operationOf({ clientId, serverId, updatedAt, stamp, deletedAt, fields }) {
  const own = (++last * 2_654_435_761) % 2 ** 32;
  checksum = (checksum + own) % 2 ** 32;
  const row = { op_id: String(last), object_type: "items1", object_id: clientId, checksum: own };
  if (deletedAt !== null) return { ...row, op: "REMOVE" };
  const data = { serverId, updatedAt, stamp, ...fields, isDone: Number(fields.isDone) };
  return { ...row, op: "PUT", data: JSON.stringify(data) };
}

/** The lines of a checkpoint with these rows; `first` or one that builds upon it. */
function linesOf(changed, first) {
  let after = String(last);
  const operations = changed.map(operationOf);
  const buckets = [{ bucket, count: last, checksum, priority: 3 }];
  const head = { last_op_id: String(last), write_checkpoint: null };
  const lines = [
    first
      ? { checkpoint: { ...head, buckets } }
      : { checkpoint_diff: { ...head, updated_buckets: buckets, removed_buckets: [] } },
  ];
  for (let start = 0; start < operations.length; start += pageRows) {
    const data = operations.slice(start, start + pageRows);
    const next = data.at(-1).op_id;
    const more = start + pageRows < operations.length;
    lines.push({ data: { bucket, after, next_after: next, has_more: more, data } });
    after = next;
  }
  return [...lines, { checkpoint_complete: { last_op_id: String(last) } }].map(line).join("");
}

const first = Buffer.from(linesOf(firstRows(rows), true));
const second = Buffer.from(linesOf(changedRows(changes, rows), false));
const server = createServer((request, response) => {
  request.resume();
  if (request.url !== "/sync/stream") return response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  response.write(first);
  process.once("message", () => response.write(second));
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.once("disconnect", () => process.exit());
