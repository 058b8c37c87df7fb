/** What one transaction may read and write. */
export interface Meter {
  /** A range of an index, or a document by its id, is about to be read. */
  range(): void;
  read(bytes: number): void;
  write(bytes: number): void;
}

const mebibyte = 2 ** 20;

/** Convex's limits of one query or mutation. */
const limits = {
  ranges: 4096,
  documentsRead: 32_000,
  bytesRead: 16 * mebibyte,
  documentsWritten: 16_000,
  bytesWritten: 16 * mebibyte,
  document: mebibyte,
};

/** Counts one transaction and throws as soon as it takes more than Convex allows. */
export function createMeter(): Meter {
  const used = { ranges: 0, documentsRead: 0, bytesRead: 0, documentsWritten: 0, bytesWritten: 0 };
  const count = (name: keyof typeof used, amount: number) => {
    used[name] += amount;
    if (used[name] > limits[name])
      throw new Error(`${name}: more than ${String(limits[name])} in a single function execution.`);
  };
  return {
    range: () => count("ranges", 1),
    read: (bytes) => {
      count("documentsRead", 1);
      count("bytesRead", bytes);
    },
    write: (bytes) => {
      if (bytes > limits.document) throw new Error(`A document of ${String(bytes)} bytes.`);
      count("documentsWritten", 1);
      count("bytesWritten", bytes);
    },
  };
}
