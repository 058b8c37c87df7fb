import { getFunctionName, type FunctionReference } from "convex/server";
import { ConvexError } from "convex/values";
import type { ConvexConnection } from "../../templates/client/sync/convexBackend";
import { isNamed } from "../../templates/shared/epoch";
import { stampFromBigint } from "../../templates/shared/stamp";
import { opToday } from "./earlierApp";
import { checkReading } from "./checkReading";
import { Broken } from "./history";
import type { Process } from "./phone";
import type { SeenBatch } from "./seen";
import { userIdOf } from "./server";
import { isUndisturbed, type World } from "./world";

/** What a process has instead of Convex's client: the same calls, over a network that fails. */
export function createConnection(world: World, process: Process): ConvexConnection {
  const { scheduler, networkChance: chance, shape } = world;
  const longDelay = Math.min(60_000, shape.longestDelay);
  const owner = userIdOf(process.store.user);
  /** The last head named somebody else. */
  let isTold = false;
  let refusals = 0;
  /** What the server has answered, in its order. */
  const readings = new WeakMap<object, number>();
  let reads = 0;
  const connection = {
    query: (name: FunctionReference<"query">, args: Record<string, unknown>) =>
      // Small pages, so that commits and snapshots are cut everywhere.
      request("query", name, "limit" in args ? { ...args, limit: 2 } : args),
    mutation: (name: FunctionReference<"mutation">, args: Record<string, unknown>) =>
      request("mutation", name, args),
    onUpdate: (
      name: FunctionReference<"query">,
      _args: object,
      onHead: (head: unknown) => void,
      onError: (error: unknown) => void,
    ) => {
      let isOpen = true;
      let shown = 0;
      const ring = () => {
        // Convex's client asks again for as long as somebody subscribes.
        const cancel = scheduler.after(10_000, () => {
          if (isOpen && process.alive) ring();
        });
        request("query", name, {}).then(
          (head) => {
            cancel();
            // A live query never shows what was before what it has shown.
            const read = readings.get(head as object) ?? 0;
            if (read < shown && "scopes" in (head as object)) return;
            shown = read;
            isTold = (head as { readonly userId: string }).userId !== owner;
            if (!isTold) refusals = 0;
            if (isOpen) onHead(head);
          },
          (error: unknown) => {
            cancel();
            if (isOpen) onError(error);
          },
        );
      };
      process.bells.add(ring);
      ring();
      return () => {
        isOpen = false;
        process.bells.delete(ring);
      };
    },
  };

  function request(
    kind: "query" | "mutation",
    name: FunctionReference<"query" | "mutation">,
    args: Record<string, unknown>,
  ): Promise<unknown> {
    const label = getFunctionName(name).slice("sync:".length);
    return new Promise((resolve, reject) => {
      const reachable = process.isOnline();
      const wasTold = isTold;
      const batch = kind === "mutation" ? (args as unknown as SeenBatch) : null;
      if (batch) {
        noteSent(world, process, batch);
        checkBatch(world, process, batch);
      }
      if (!reachable || world.strikes("F1 request lost", 0.04, chance)) {
        world.log(process.name, `${label} → lost`);
        return;
      }
      process.onNetwork("sent");
      const isLate = world.strikes("F4 delayed", 0.05, chance);
      const delay = 20 + chance.below(isLate ? longDelay : 200);
      const sentAt = scheduler.now;
      const isTwice = kind === "mutation" && world.strikes("F3 delivered twice", 0.08, chance);
      const again = chance.below(shape.longestDelay);
      scheduler.after(delay, () => arrive(true));
      if (isTwice) scheduler.after(delay + again, () => arrive(false));

      async function arrive(isFirst: boolean): Promise<void> {
        process.onNetwork("arrived");
        const what = batch
          ? `${label} ${batch.deviceId.slice(-4)}#${String(batch.batchSeq)} [${batch.ops.map(({ table, kind: op, opId }) => `${op} ${table} ${opId.slice(-4)}`).join(", ")}]`
          : label;
        const answer = (tell: () => void, text: string) => {
          world.log(process.name, `${what} ← ${text}${isFirst ? "" : " (again)"}`);
          if (!isFirst) return;
          if (world.strikes("F2 answer lost", 0.05, chance) || !process.isOnline()) {
            world.log(process.name, `${what} answer lost`);
            return;
          }
          if (world.strikes("F5 never answered", 0.02, chance)) return;
          const slow = world.strikes("F4 delayed", 0.03, chance);
          scheduler.after(10 + chance.below(slow ? longDelay : 150), () => {
            if (!process.alive) return;
            tell();
            process.onNetwork("answered");
          });
        };
        if (
          isFirst &&
          kind === "mutation" &&
          world.strikes("F6 conflict retries exhausted", 0.03, chance)
        ) {
          answer(
            () => reject(new Error("Documents changed while this mutation was being run")),
            "conflict",
          );
          return;
        }
        if (batch?.ops.some(isPoison)) {
          world.count("F22 poison op");
          answer(() => reject(new Error("Server Error")), "threw");
          return;
        }
        const crashes = world.strikes("F7 server crashed", 0.02, chance);
        if (crashes && chance.happens(0.5)) {
          world.log("server", `${what} crashed before`);
          return;
        }
        const user = process.tokenUser();
        try {
          const reply = await world.server.call(user, kind, name, args);
          if (
            batch &&
            user !== null &&
            user !== process.store.user &&
            (reply as { status: string }).status !== "refused"
          )
            throw (world.broken ??= new Broken(
              "I15",
              `${process.name}'s ops were taken as those of ${user}`,
            ));
          // A cycle may be under way when the head comes; the next one has to know.
          if (batch && isFirst && wasTold && user !== null && userIdOf(user) !== owner)
            if ((refusals += 1) > 1)
              throw (world.broken ??= new Broken(
                "I15",
                `${process.name} offers its ops to ${user} again`,
              ));
          if (batch && user !== null) seePush(world, user, batch, reply);
          if (kind === "query" && label !== "head" && user !== process.store.user)
            throw (world.broken ??= new Broken(
              "I15",
              `${process.name} was given a page of ${String(user)}`,
            ));
          if (kind === "query" && user !== null) checkReading(world, user, label, args, reply);
          readings.set(reply as object, (reads += 1));
          if (crashes) {
            world.log("server", `${what} crashed after`);
            return;
          }
          answer(() => {
            if (batch) noteAnswered(world, batch, reply, sentAt);
            resolve(reply);
          }, describe(reply));
        } catch (error) {
          // What the functions throw themselves is data for clients; anything else is a mistake, theirs or a check's.
          if (!(error instanceof ConvexError)) world.broken ??= error;
          answer(
            () => reject(error),
            error instanceof Error ? error.message.slice(0, 80) : "threw",
          );
        }
      }
    });
  }
  // Safe: these are the calls that `createConvexBackend` makes.
  return connection as unknown as ConvexConnection;
}

function isPoison({ fields }: SeenBatch["ops"][number]): boolean {
  return Object.values(fields).some(
    (value) => typeof value === "string" && value.startsWith("poison"),
  );
}

function noteSent(world: World, process: Process, batch: SeenBatch): void {
  for (const op of batch.ops) world.sentRows.add(`${op.table} ${op.clientId}`);
  const number = numberOf(batch);
  const ops = batch.ops
    .map(({ opId }) => opId)
    .sort()
    .join();
  const before = world.batches.get(number) ?? ops;
  const isOther = before !== ops;
  const isKept = () => world.answered.has(number) && isSettled(process, before.split(","));
  if (isOther && isUndisturbed(world) && isKept())
    world.broken ??= new Broken(
      "I21",
      `${process.name} sends other ops as batch ${String(batch.batchSeq)}, which was answered`,
    );
  if (isOther) world.searching.add(batch.deviceId);
  world.batches.set(number, ops);
}

/** None of the ops waits or is under way any more: the answer to them was written down, for which the storage may have failed. */
function isSettled({ store }: Process, opIds: readonly string[]): boolean {
  const sql = `SELECT "opId" FROM "sync_queue" WHERE "state" IN ('waiting', 'sealed')`;
  const left = new Set(store.database.select(sql).map(([opId]) => opId));
  return opIds.every((opId) => !left.has(opId));
}

const numberOf = ({ deviceId, batchSeq }: SeenBatch) => `${deviceId} ${String(batchSeq)}`;

/** How long a device waits for an answer, ms. */
const patience = 30_000;

/** The device has the answer to its batch, and is still waiting for it. An empty one is kept nowhere, and asks nothing. */
function noteAnswered(world: World, batch: SeenBatch, reply: unknown, sentAt: number): void {
  const { status } = reply as { readonly status: string };
  const isInTime = world.scheduler.now - sentAt < patience;
  if (status === "ok" && isInTime && batch.ops.length > 0) world.answered.add(numberOf(batch));
}

function describe(reply: unknown): string {
  const { status, results, rows, code } = reply as {
    code?: string;
    status?: string;
    results?: { outcome: string; code: string | null }[];
    rows?: unknown[];
  };
  if (results) return results.map(({ outcome, code }) => code ?? outcome).join(", ");
  return rows
    ? `${String(rows.length)} rows`
    : status === "refused"
      ? `refused ${String(code)}`
      : (status ?? "head");
}

/** The oracle hears of every push that was answered, whether the device will or not. */
function seePush(world: World, user: string, batch: SeenBatch, reply: unknown): void {
  const seen = reply as { status: string; stamp?: bigint };
  const userId = userIdOf(user);
  // What the network kept from before the server was restored takes no effect, whatever its number.
  const { epoch } = reply as { readonly epoch?: string };
  const isSame = batch.epoch === epoch || isNamed(batch.epoch, String(epoch));
  if (seen.status === "ok" && !isSame)
    world.broken ??= new Broken(
      "I2",
      `batch ${String(batch.batchSeq)} of epoch ${batch.epoch} was taken in epoch ${String(epoch)}`,
    );
  const now = world.scheduler.now + world.server.clockSkew;
  world.pushes += 1;
  // What is answered from a receipt took effect as it was sent first, whatever it holds now; nothing rejected did.
  const before = world.history.outcomes;
  const recalled = new Set(
    batch.ops
      .filter(({ opId, carriedBy }) => carriedBy !== null && before.has(opId))
      .filter(({ opId }) => before.get(opId) !== "rejected")
      .map(({ opId }) => opId),
  );
  try {
    world.history.push(
      userId,
      batch,
      {
        ...seen,
        ...(seen.stamp === undefined ? {} : { stamp: stampFromBigint(seen.stamp) }),
      },
      now,
      world.isTakenBack,
    );
  } catch (error) {
    world.broken ??= error;
  }
  if (seen.status !== "ok") return;
  const isShared = batch.ops.some(({ scopeId }) => scopeId !== undefined);
  for (const op of batch.ops.map(opToday)) {
    if (world.history.outcomes.get(op.opId) === "rejected") continue;
    if (world.history.outcomes.get(op.opId) === "conflict" || recalled.has(op.opId)) continue;
    for (const [field, value] of Object.entries(op.fields))
      world.landed.add(`${op.table} ${op.clientId} ${field} ${JSON.stringify(value)}`);
    if (op.kind === "delete") world.landed.add(`${op.table} ${op.clientId} deleted`);
  }
  for (const name of isShared ? world.shape.users : [user]) world.ring(name);
}

/** A batch stays under its budget, whatever the queue holds (I18), and its ops are of one shape (I20). */
function checkBatch(world: World, process: Process, batch: SeenBatch): void {
  // Convex takes no field of this name: the call would throw.
  const half = batch.ops.find(({ base }) => base !== null && "" in base);
  if (half)
    world.broken ??= new Broken(
      "I18",
      `${process.name} sends the ${half.kind} of ${half.table} ${half.clientId} without the row that it was made on`,
    );
  for (const { table, fields, clocks } of batch.ops)
    for (const field of Object.keys(clocks ?? {}))
      if (!(field in fields))
        world.broken ??= new Broken(
          "I20",
          `${process.name} sends a clock of ${table} ${field}, which the op does not set`,
        );
  const bytes = () => Buffer.byteLength(JSON.stringify(batch.ops));
  if (batch.ops.length <= 100 && (batch.ops.length === 1 || bytes() <= 512 * 1024)) return;
  world.broken ??= new Broken(
    "I18",
    `${process.name} sends ${String(batch.ops.length)} ops of ${String(bytes())} bytes at once`,
  );
}
