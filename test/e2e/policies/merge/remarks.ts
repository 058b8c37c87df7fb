import type { CustomMerge } from "../src/sync/shared/policy";

/** Both texts stay, the later one below; everything else is written as it comes. */
export const joinRemarks: CustomMerge = ({ op, current, concurrent }) => {
  const deleted = op.kind === "delete";
  const { edited } = op;
  if (deleted || current.deleted || !concurrent) {
    const fields = deleted ? {} : { ...current.fields, ...op.fields };
    return { kind: "write", row: { fields, deleted, edited, clocks: {} } };
  }
  const body = `${String(current.fields["body"])}\n${String(op.fields["body"])}`;
  const fields = { ...current.fields, body };
  return { kind: "merge", row: { fields, deleted, edited, clocks: {} } };
};
