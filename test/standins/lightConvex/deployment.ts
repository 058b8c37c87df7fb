import type { UserIdentity } from "convex/server";
import type { ValidatorJSON } from "convex/values";
import { createDatabase, type ExportedTable, type LightWriter } from "./database";
import { compileValidator, type Validate } from "./validate";
import { copyValue } from "./values";

/**
 * Convex as far as the emitted functions use it, several times as fast as convex-test: documents in sorted lists,
 * validators compiled once, no JSON between a function and its database. One transaction at a time, as Convex's
 * serializable ones look; limits of a transaction, commit timestamps, validators and ids as in convex-test, which
 * `lightConvex.test.ts` compares it with call by call. No actions, no scheduler, no components, no nested calls.
 */
export interface LightDeployment {
  call(identity: UserIdentity | null, path: string, args: object): Promise<unknown>;
  /** Runs `work` as a mutation of one's own. */
  run<Result>(work: (db: LightWriter) => Promise<Result>): Promise<Result>;
}

/** A function as `query({ … })` and `mutation({ … })` make it. */
interface RegisteredFunction {
  readonly isQuery?: true;
  readonly isMutation?: true;
  exportArgs(): string;
  exportReturns(): string;
  _handler(ctx: object, args: unknown): unknown;
}

interface LoadedFunction {
  readonly isQuery: boolean;
  readonly args: Validate;
  readonly returns: Validate;
  readonly handler: RegisteredFunction["_handler"];
}

/** What can be called, read from modules and schema once. */
export interface LightProject {
  readonly functions: ReadonlyMap<string, LoadedFunction>;
  readonly tables: Readonly<Record<string, ExportedTable>>;
}

/** @param modules the exports of each file, by its name below `convex/` */
export function loadProject(
  schema: { readonly tables: object },
  modules: Readonly<Record<string, object>>,
): LightProject {
  const functions = new Map<string, LoadedFunction>();
  for (const [file, exported] of Object.entries(modules))
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== "function" || !("exportArgs" in value)) continue;
      // Safe: what has `exportArgs` was made by `query` or `mutation`.
      const registered = value as unknown as RegisteredFunction;
      functions.set(`${file}:${name}`, {
        isQuery: registered.isQuery === true,
        args: validatorOf(registered.exportArgs()),
        returns: validatorOf(registered.exportReturns()),
        handler: (ctx, args) => registered._handler(ctx, args),
      });
    }
  const tables = Object.entries(schema.tables).map(([name, table]) => [
    name,
    // Safe: what Convex's own command sends of a table when a project is deployed.
    (table as { export(): ExportedTable }).export(),
  ]);
  // Safe: names and tables as above.
  return { functions, tables: Object.fromEntries(tables) as LightProject["tables"] };
}

/** A deployment without a document. */
export function createLightDeployment({ functions, tables }: LightProject): LightDeployment {
  const database = createDatabase(tables);
  let before: Promise<unknown> = Promise.resolve();

  /** One after the other, in the order of the calls. */
  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = before.then(work, work);
    before = turn;
    return turn;
  }

  async function transact(
    isQuery: boolean,
    work: () => Promise<unknown>,
    check: Validate,
  ): Promise<unknown> {
    database.begin();
    try {
      const result = await work();
      const stamp = isQuery ? null : database.nextStamp();
      const sent = copyValue(result === undefined ? null : result, stamp);
      const reply = checked("The result", check, sent);
      if (stamp !== null) database.commit(stamp);
      return reply;
    } catch (error) {
      database.rollBack();
      throw error;
    }
  }

  return {
    call: async (identity, path, args) => {
      const loaded = functions.get(path);
      if (!loaded) throw new Error(`There is no function ${path}.`);
      const { isQuery, handler, returns } = loaded;
      const sent = checked("The arguments", loaded.args, copyValue(args, null));
      const auth = { getUserIdentity: async () => identity };
      const { db } = database;
      const ctx = isQuery
        ? { auth, db: { query: db.query, get: db.get } }
        : { auth, db, scheduler };
      return inTurn(() => transact(isQuery, async () => handler(ctx, sent), returns));
    },
    run: async (work) => {
      const { db } = database;
      let result: Awaited<ReturnType<typeof work>> | undefined;
      await inTurn(() =>
        transact(
          false,
          async () => {
            result = await work(db);
            return null;
          },
          () => null,
        ),
      );
      // Safe: set by then, or it threw.
      return result as Awaited<ReturnType<typeof work>>;
    },
  };
}

const scheduler = {
  runAfter: () => {
    throw new Error("Scheduling is not simulated.");
  },
};

function checked(what: string, validate: Validate, value: unknown): unknown {
  const fault = validate(value);
  if (fault !== null) throw new Error(`${what} do not validate: ${fault}`);
  return value;
}

function validatorOf(json: string): Validate {
  // Safe: written by Convex.
  const parsed = JSON.parse(json) as ValidatorJSON | null;
  return parsed === null ? () => null : compileValidator(parsed);
}
