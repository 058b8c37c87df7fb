import type { CustomMerge } from "../src/sync/shared/policy";

/** Keeps what is there. */
export const custom: CustomMerge = ({ current, op }) =>
  current === null
    ? {
        kind: "write",
        row: {
          fields: op.fields,
          deleted: false,
          edited: op.edited,
          clocks: {},
        },
      }
    : { kind: "keep" };
