import type { Policy } from "../policy";

/**
 * The app's own function decides.
 *
 * - **Wins, loses**: what the function says. It gets the op with its base, the current row (which may be deleted),
 *   whether the two are concurrent, and the table's rules; it answers as every policy does. It is not asked when there
 *   is no row, when both sides deleted, or when the op was applied before.
 * - **Needs**: a pure function, because device and server both run it and must come to the same answer: no clock, no
 *   randomness, no reading of other rows. If it throws, or makes a row with invalid fields, the op is rejected and shown.
 * - **Choose it** when a rule of your domain fits none of the other policies. Test it for the laws that you rely on.
 */
export const custom: Policy = {
  name: "custom",
  pending: "field",
  fieldClocks: false,
  merge(input) {
    const { merge } = input.rules.options;
    if (merge === undefined) {
      throw new Error(
        `${input.rules.name}: custom needs a function (options.merge)`,
      );
    }
    try {
      return merge(input);
    } catch {
      // One row that the app's function cannot handle must not hold up the whole batch.
      return { kind: "reject", code: "failed" };
    }
  },
};
