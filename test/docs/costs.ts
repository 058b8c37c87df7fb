import { naturalId } from "../../templates/shared/naturalId";
import { newUuid } from "../server/harness";
import { openCountedUser, type Cost, type CountedFeed, type CountedRow } from "./countedUser";

/** What the documentation says that the sync costs. */
export interface Costs {
  readonly own: OwnCosts;
  readonly shared: SharedCosts;
}

/** Of rows in scopes. */
interface SharedCosts {
  readonly coldStart: Cost;
  readonly changeReceived: Cost;
  readonly changeSent: Cost;
  readonly idleHour: Cost;
}

/** Of the user's own rows. */
interface OwnCosts extends SharedCosts {
  readonly hundredSent: Cost;
}

type User = ReturnType<typeof openCountedUser>;

/** Counts documents in convex-test. */
export async function measureCosts(): Promise<Costs> {
  return { own: await measureOwn(), shared: await measureShared() };
}

/** One user with 1,000 rows in one table and one in each of two others. */
async function measureOwn(): Promise<OwnCosts> {
  const user = openCountedUser(["projects", "notes", "drafts"]);
  const project: CountedRow = { table: "projects", fields: { name: "Harbour" } };
  const hundred = Array.from({ length: 100 }, () => project);
  for (let sent = 0; sent < 1000; sent += 100) await user.push(hundred);
  await user.push([{ table: "notes", fields: { title: "Pump" } }]);
  await user.push([{ table: "drafts", fields: { text: "Leaks" } }]);
  const feeds: readonly CountedFeed[] = [project, { table: "notes" }, { table: "drafts" }];
  const costs = await measure(user, feeds, project);
  const hundredSent = await user.count(() => user.push(hundred));
  return { ...costs, hundredSent };
}

/** Somebody in 20 workspaces with 3 tables, and a row in each. */
async function measureShared(): Promise<SharedCosts> {
  const user = openCountedUser(["boards", "cards", "labels"]);
  const feeds: CountedRow[] = [];
  for (let number = 1; number <= 20; number += 1) {
    const scopeId = `workspace-${String(number)}`;
    await user.join("workspace", scopeId);
    const rows = rowsIn(scopeId);
    await user.push(rows);
    feeds.push(...rows);
  }
  const board: CountedRow = {
    table: "boards",
    scopeId: "workspace-1",
    fields: { name: "Quay" },
  };
  return await measure(user, feeds, board);
}

function rowsIn(scopeId: string): readonly CountedRow[] {
  const board = newUuid();
  const label = naturalId(scopeId, "labels", ["Leaks"]);
  return [
    { table: "boards", scopeId, clientId: board, fields: { name: "Harbour" } },
    { table: "cards", scopeId, fields: { title: "Pump", board, done: false } },
    { table: "labels", scopeId, clientId: label, fields: { name: "Leaks", color: "red" } },
  ];
}

async function measure(
  { push, pull, head, count }: User,
  feeds: readonly CountedFeed[],
  row: CountedRow,
): Promise<SharedCosts> {
  const pullAll = async () => {
    for (const feed of feeds) await pull(feed);
  };
  const coldStart = await count(async () => {
    await head();
    await pullAll();
  });
  const changeSent = await count(() => push([row]));
  const changeReceived = await count(async () => {
    await head();
    await pull(row);
  });
  const idleHour = await count(async () => {
    // Nothing changed, so that no page is asked for.
    for (let minute = 0; minute < 60; minute += 5) await head();
  });
  return { coldStart, changeReceived, changeSent, idleHour };
}

/** The costs of a user's own rows as a table of the documentation. */
export function describeCosts(costs: OwnCosts): string {
  return table("3 tables, 1,002 rows", [
    ["first download on a new device", costs.coldStart],
    ["a change of somebody else received", costs.changeReceived],
    ["a new row sent", costs.changeSent],
    ["100 new rows sent, after a day offline", costs.hundredSent],
    ["an hour in the foreground while nothing happens", costs.idleHour],
  ]);
}

/** The costs of rows in scopes as another one. */
export function describeSharedCosts(costs: SharedCosts): string {
  return table("20 workspaces, 3 tables in each, a row in each", [
    ["first download on a new device", costs.coldStart],
    ["a change of somebody else received", costs.changeReceived],
    ["a new row sent", costs.changeSent],
    ["an hour in the foreground while nothing happens", costs.idleHour],
  ]);
}

function table(title: string, rows: readonly (readonly [string, Cost])[]): string {
  return [
    `| ${title} | function calls | documents read | documents written |`,
    "|---|---|---|---|",
    ...rows.map(([what, { calls, read, written }]) => `| ${what} | ${calls} | ${read} | ${written} |`),
  ].join("\n");
}
