import { CommitTsPlaceholder, getDocumentSize, type ValidatorJSON } from "convex/values";
import { createMeter, type Meter } from "./meter";
import { createTable, readRange, replaceDocument, type Bound, type Table } from "./tables";
import { compileValidator, type Validate } from "./validate";
import { copyValue, freezeValue, type Document } from "./values";

type Values = Readonly<Record<string, unknown>>;

/** A query as far as the emitted functions build one. */
export interface LightQuery extends AsyncIterable<Document> {
  withIndex(name: string, range?: (builder: RangeBuilder) => unknown): LightQuery;
  order(order: "asc" | "desc"): LightQuery;
  first(): Promise<Document | null>;
  take(count: number): Promise<Document[]>;
  collect(): Promise<Document[]>;
}

type RangeBuilder = Readonly<
  Record<Bound["type"], (field: string, value: unknown) => RangeBuilder>
>;

/** `ctx.db` of a mutation. Of Convex's older calls, which do not name the table, none. */
export interface LightWriter {
  readonly vars: { readonly commitTs: CommitTsPlaceholder };
  query(table: string): LightQuery;
  get(table: string, id: string): Promise<Document | null>;
  insert(table: string, values: Values): Promise<string>;
  patch(table: string, id: string, values: Values): Promise<void>;
  replace(table: string, id: string, values: Values): Promise<void>;
  delete(table: string, id: string): Promise<void>;
}

/** One deployment's documents, written to by one transaction at a time. */
export interface LightDatabase {
  /** What the present transaction sees. */
  readonly db: LightWriter;
  begin(): void;
  /** The stamp of a commit now. */
  nextStamp(): bigint;
  /** Everything since `begin` stays; placeholders become the stamp. */
  commit(stamp: bigint): void;
  /** Nothing since `begin` happened. */
  rollBack(): void;
}

/** A schema's table as `schema.tables[name].export()` gives it. */
export interface ExportedTable {
  readonly indexes: readonly { readonly indexDescriptor: string; readonly fields: string[] }[];
  readonly documentType: ValidatorJSON | null;
}

// Its constructor is not public; what is wanted is what `ctx.db.vars.commitTs` is: an instance of it.
const placeholder = Object.create(CommitTsPlaceholder.prototype) as CommitTsPlaceholder;

/** An empty database. */
export function createDatabase(schema: Readonly<Record<string, ExportedTable>>): LightDatabase {
  const tables = new Map<string, { readonly table: Table; readonly validate: Validate }>();
  for (const [name, { indexes, documentType }] of Object.entries(schema))
    tables.set(name, {
      table: createTable(
        Object.fromEntries(indexes.map(({ indexDescriptor, fields }) => [indexDescriptor, fields])),
      ),
      validate: validatorOf(documentType),
    });
  let undo: (() => void)[] = [];
  let stamped = new Map<string, string>();
  let meter: Meter = createMeter();
  let nextId = 10_000;
  let lastCreation = 0;
  let lastCommit = 0n;

  const tableOf = (name: string) => {
    const found = tables.get(name);
    if (!found) throw new Error(`There is no table ${name}.`);
    return found;
  };

  function store(name: string, before: Document | null, next: Document | null): void {
    const { table, validate } = tableOf(name);
    if (next) {
      const { _id, _creationTime, ...fields } = next;
      const fault = validate(fields);
      if (fault !== null) throw new Error(`${name} ${_id} of ${_creationTime}: ${fault}`);
      freezeValue(next);
      if (Object.values(next).some((value) => value instanceof CommitTsPlaceholder))
        stamped.set(_id, name);
    }
    meter.write(next ? sizeOf(next) : 0);
    replaceDocument(table, before, next);
    undo.push(() => replaceDocument(table, next, before));
  }

  function find(name: string, id: string): Document {
    const document = tableOf(name).table.documents.get(id);
    if (!document) throw new Error(`There is no document ${id} in ${name}.`);
    meter.read(sizeOf(document));
    return document;
  }

  const db: LightWriter = {
    vars: { commitTs: placeholder },
    query: (name) => createQuery(tableOf(name).table, () => meter),
    get: async (name, id) => {
      meter.range();
      const document = tableOf(name).table.documents.get(id) ?? null;
      if (document) meter.read(sizeOf(document));
      return document;
    },
    insert: async (name, values) => {
      const _id = `${String(nextId).padStart(32 - name.length, "0")}${name}`;
      nextId += 1;
      const now = Date.now();
      lastCreation = now <= lastCreation ? lastCreation + 0.001 : now;
      store(name, null, { ...plain(values), _id, _creationTime: lastCreation });
      return _id;
    },
    patch: async (name, id, values) => {
      const document = find(name, id);
      const merged: Record<string, unknown> = { ...document, ...plain(values) };
      for (const [field, value] of Object.entries(values))
        if (value === undefined) delete merged[field];
      // Safe: the two fields of the system are the document's.
      store(name, document, { ...merged, ...systemFields(document) });
    },
    replace: async (name, id, values) => {
      const document = find(name, id);
      store(name, document, { ...plain(values), ...systemFields(document) });
    },
    delete: async (name, id) => store(name, find(name, id), null),
  };

  return {
    db,
    begin: () => {
      undo = [];
      stamped = new Map();
      meter = createMeter();
    },
    nextStamp: () => {
      const now = BigInt(Date.now()) * 1_000_000n;
      return now > lastCommit ? now : lastCommit + 1n;
    },
    commit: (stamp) => {
      lastCommit = stamp;
      for (const [id, name] of stamped) {
        const { table } = tableOf(name);
        const document = table.documents.get(id);
        // Safe: a copy of a document is one.
        if (document)
          replaceDocument(table, document, freezeValue(copyValue(document, stamp)) as Document);
      }
    },
    rollBack: () => {
      for (const step of undo.reverse()) step();
    },
  };
}

function createQuery(table: Table, meter: () => Meter): LightQuery {
  let index = "by_creation_time";
  let bounds: readonly Bound[] = [];
  let order: "asc" | "desc" = "asc";
  const take = (count: number) => {
    if (count <= 0) return [];
    const used = meter();
    used.range();
    const found = readRange(table, index, bounds, order, count);
    for (const document of found) used.read(sizeOf(document));
    return [...found];
  };
  const query: LightQuery = {
    withIndex: (name, range) => {
      const builder = new Bounds();
      range?.(builder);
      index = name;
      bounds = builder.found;
      return query;
    },
    order: (wanted) => {
      order = wanted;
      return query;
    },
    first: async () => take(1)[0] ?? null,
    take: async (count) => take(count),
    collect: async () => take(Infinity),
    [Symbol.asyncIterator]: () => {
      let found: readonly Document[] | null = null;
      let at = 0;
      return {
        next: async () => {
          if (found === null) {
            meter().range();
            found = readRange(table, index, bounds, order, Infinity);
          }
          const document = found[at];
          if (!document) return { done: true, value: undefined };
          at += 1;
          meter().read(sizeOf(document));
          return { done: false, value: document };
        },
      };
    },
  };
  return query;
}

/** A class, because most of what a transaction makes is one of these. */
class Bounds implements RangeBuilder {
  readonly found: Bound[] = [];
  eq(field: string, value: unknown): this {
    return this.add("eq", field, value);
  }
  gt(field: string, value: unknown): this {
    return this.add("gt", field, value);
  }
  gte(field: string, value: unknown): this {
    return this.add("gte", field, value);
  }
  lt(field: string, value: unknown): this {
    return this.add("lt", field, value);
  }
  lte(field: string, value: unknown): this {
    return this.add("lte", field, value);
  }
  private add(type: Bound["type"], field: string, value: unknown): this {
    this.found.push({ type, field, value });
    return this;
  }
}

const validators = new WeakMap<object, Validate>();

/** Compiled once, however many deployments there are. */
function validatorOf(json: ValidatorJSON | null): Validate {
  if (json === null) return () => null;
  const known = validators.get(json) ?? compileValidator(json);
  validators.set(json, known);
  return known;
}

const sizes = new WeakMap<Document, number>();

function sizeOf(document: Document): number {
  let size = sizes.get(document);
  if (size === undefined) {
    // Safe: stored documents hold Convex values.
    size = getDocumentSize(document as never);
    sizes.set(document, size);
  }
  return size;
}

const plain = (values: Values) =>
  // Safe: a copy of an object is one.
  copyValue(values, null) as Record<string, unknown>;

const systemFields = ({ _id, _creationTime }: Document) => ({ _id, _creationTime });
