import type { GivenRow } from "../../templates/client/sync/shownRow";
import type { Sync, Written } from "../../templates/client/sync/types";
import type { Device } from "./world";

/** The writer of a table as any table has it. */
export interface AnyWriter {
  create(values: object): Promise<Written>;
  update(row: GivenRow, values: object): Promise<Written>;
  remove(row: GivenRow): Promise<Written>;
}

/** The writer of a table that the fixture's types do not know: generated projects bring tables of their own. */
export function anyTable(
  device: { readonly sync: Pick<Device["sync"] | Sync, "table"> },
  name: string,
): AnyWriter {
  // Safe: a device made with a generated registry has its tables, and the test names one of them.
  return (device.sync.table as unknown as (name: string) => AnyWriter)(name);
}
