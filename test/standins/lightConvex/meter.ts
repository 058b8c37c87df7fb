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

type Counted = Exclude<keyof typeof limits, "document">;

/** Counts one transaction and throws as soon as it takes more than Convex allows. */
export function createMeter(): Meter {
  let ranges = 0;
  let documentsRead = 0;
  let bytesRead = 0;
  let documentsWritten = 0;
  let bytesWritten = 0;
  return {
    range: () => {
      ranges += 1;
      if (ranges > limits.ranges) refuse("ranges");
    },
    read: (bytes) => {
      documentsRead += 1;
      bytesRead += bytes;
      if (documentsRead > limits.documentsRead) refuse("documentsRead");
      if (bytesRead > limits.bytesRead) refuse("bytesRead");
    },
    write: (bytes) => {
      if (bytes > limits.document) throw new Error(`A document of ${String(bytes)} bytes.`);
      documentsWritten += 1;
      bytesWritten += bytes;
      if (documentsWritten > limits.documentsWritten) refuse("documentsWritten");
      if (bytesWritten > limits.bytesWritten) refuse("bytesWritten");
    },
  };
}

function refuse(name: Counted): never {
  throw new Error(`${name}: more than ${String(limits[name])} in a single function execution.`);
}
