/** Told of every document that is read or written. */
export interface Counters {
  onRead(documents: number): void;
  onWrite(): void;
}

/** A Convex database that counts documents; queries count what they hand out, as far as it was asked for. */
export function counted(database: object, counters: Counters): object {
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (name === "query")
        return (...given: unknown[]) =>
          countedQuery(call(value, target, given) as object, counters);
      return async (...given: unknown[]) => {
        const result = await (call(value, target, given) as Promise<unknown>);
        if (name === "get") counters.onRead(result === null ? 0 : 1);
        // A patch reads the document that it changes.
        if (name === "patch") counters.onRead(1);
        if (name !== "get") counters.onWrite();
        return result;
      };
    },
  });
}

function countedQuery(query: object, counters: Counters): object {
  return new Proxy(query, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      if (name === Symbol.asyncIterator)
        return () => countedRows(target as AsyncIterable<unknown>, counters);
      return (...given: unknown[]) => {
        const result = call(value, target, given);
        if (!(result instanceof Promise))
          return typeof result === "object" && result !== null
            ? countedQuery(result, counters)
            : result;
        return result.then((found: unknown) => {
          counters.onRead(Array.isArray(found) ? found.length : found === null ? 0 : 1);
          return found;
        });
      };
    },
  });
}

async function* countedRows(query: AsyncIterable<unknown>, counters: Counters) {
  for await (const document of query) {
    counters.onRead(1);
    yield document;
  }
}

/** Methods of the database need their own `this`. */
function call(method: unknown, owner: object, given: unknown[]): unknown {
  return (method as (...given: unknown[]) => unknown).apply(owner, given);
}
