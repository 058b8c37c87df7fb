// The rows that every engine gets, about 240 bytes each, as the pages of JSON that a server sends.

const user = "user|1";
const stamp = (value) => String(value).padStart(19, "0");

/** Ordered ids, as UUID v7 makes them. */
export function rowId(position) {
  const text = position.toString(16).padStart(12, "0");
  return `01900000-${text.slice(0, 4)}-7000-8000-${text}`;
}

/** The fields of row `position`; `version` makes them others. */
export function fieldsOf(position, version = 0) {
  return {
    title: `Inspect pump ${position} of the northern station (${version})`,
    notes: position % 3 === 0 ? null : "Bring the long ladder and two spare gaskets.",
    status: ["open", "active", "done"][(position + version) % 3],
    priority: position % 5,
    amount: position * 0.25,
    isDone: position % 2 === 0,
    dueAt: 1_700_000_000_000 + position * 60_000,
    color: "blue",
    score: position % 100,
    label: null,
  };
}

/** A row as it travels. */
export function wireRow(position, version = 0, isDeleted = false) {
  const at = 1_700_000_000_000 + version;
  return {
    clientId: rowId(position),
    serverId: `j97${rowId(position)}`,
    stamp: stamp(1_000_000 + version * 10_000_000 + position),
    userId: user,
    createdAt: 1_700_000_000_000,
    updatedAt: at,
    deletedAt: isDeleted ? at : null,
    fields: isDeleted ? {} : fieldsOf(position, version),
  };
}

/** Pages as JSON texts. */
export function toPages(rows, pageRows) {
  const pages = [];
  for (let start = 0; start < rows.length; start += pageRows)
    pages.push(
      JSON.stringify({
        status: "ok",
        userId: user,
        rows: rows.slice(start, start + pageRows),
        cursor: `c${rows[Math.min(start + pageRows, rows.length) - 1].stamp}`,
        hasMore: start + pageRows < rows.length,
        serverTime: 1_800_000_000_000,
        epoch: "epoch",
      }),
    );
  return pages;
}

/** The first download. */
export function firstRows(count) {
  return Array.from({ length: count }, (_, position) => wireRow(position));
}

/** `count` changes spread over `total` rows; one in twenty is a deletion. */
export function changedRows(count, total) {
  const distance = Math.max(1, Math.floor(total / count));
  return Array.from({ length: count }, (_, index) =>
    wireRow((index * distance) % total, 1, index % 20 === 0),
  );
}

/** Runs a piece of work; its wall and processor time in ms. */
export async function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user: inUser, system } = process.cpuUsage(cpu);
  return { wall, cpu: (inUser + system) / 1000 };
}

/** Peak memory of this process in MB. */
export function peakMemory() {
  return process.resourceUsage().maxRSS / 1024;
}
