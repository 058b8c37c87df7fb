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

/** Pages as JSON texts, each made when it is asked for: nobody holds them all. */
export function* pagesOf(count, rowAt, pageRows) {
  for (let start = 0; start < count; start += pageRows) {
    const end = Math.min(start + pageRows, count);
    const rows = Array.from({ length: end - start }, (_, index) => rowAt(start + index));
    yield JSON.stringify({
      status: "ok",
      userId: user,
      rows,
      cursor: `c${rows.at(-1).stamp}`,
      hasMore: end < count,
      serverTime: 1_800_000_000_000,
      epoch: "epoch",
    });
  }
}

/** Pages of rows that are there already. */
export function toPages(rows, pageRows) {
  return [...pagesOf(rows.length, (position) => rows[position], pageRows)];
}

/** The first download. */
export function firstRows(count) {
  return Array.from({ length: count }, (_, position) => wireRow(position));
}

/** Change `index` of `count`, which are spread over `total` rows; one in twenty is a deletion. */
export function changedRow(index, count, total) {
  const distance = Math.max(1, Math.floor(total / count));
  return wireRow((index * distance) % total, 1, index % 20 === 0);
}

/** All of them. */
export function changedRows(count, total) {
  return Array.from({ length: count }, (_, index) => changedRow(index, count, total));
}

const spent = { wall: 0, cpu: 0 };

/** Runs what is no part of the engine, such as the server: `timed` leaves it out. */
export function aside(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const { user: inUser, system } = process.cpuUsage(cpu);
  spent.wall += performance.now() - start;
  spent.cpu += (inUser + system) / 1000;
  return result;
}

/** Runs a piece of work; its wall and processor time in ms. */
export async function timed(work) {
  const before = { ...spent };
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start - (spent.wall - before.wall);
  const { user: inUser, system } = process.cpuUsage(cpu);
  return { wall, cpu: (inUser + system) / 1000 - (spent.cpu - before.cpu) };
}

/** Peak memory of this process in MB. */
export function peakMemory() {
  return process.resourceUsage().maxRSS / 1024;
}
