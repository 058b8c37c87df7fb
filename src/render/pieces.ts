import { hash } from "node:crypto";
import type { JsonValue, TableModel } from "../model/model";

/** Texts by what they were made of: a table's hash, then the place that a text is for and what else it depends on. Plain JSON. */
export type PieceTexts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The places of the emitted files that hold a text of one table each. */
export type PiecePlace =
  "schema" | "registry" | "hook" | "fields" | "definition" | "rules" | "functions";

/**
 * Texts that are made of one table each. What an earlier run made of the same table is taken from it: a run after an edit of one table lays
 * out the texts of that table alone.
 */
export class Pieces {
  private readonly used = new Map<string, Record<string, string>>();
  private readonly keys = new WeakMap<TableModel, string>();
  private news = 0;

  /** `known`: what `texts` of an earlier run returned; of a run of this very sync-gen, since its code is not part of the key. */
  constructor(private readonly known: PieceTexts = {}) {}

  /** The text of a table in one place. `make` reads nothing but the table and `rest`, which holds whatever else it depends on. */
  of<Rest extends JsonValue>(
    place: PiecePlace,
    table: TableModel,
    rest: Rest,
    make: (rest: Rest) => string,
  ): string {
    const tableKey = this.keyOf(table);
    const key = `${place} ${JSON.stringify(rest)}`;
    const known = this.known[tableKey]?.[key];
    if (known === undefined) this.news += 1;
    const text = known ?? make(rest);
    const ofTable = this.used.get(tableKey) ?? {};
    this.used.set(tableKey, ofTable);
    ofTable[key] = text;
    return text;
  }

  /** What the next run can take from this one; `null` when this one made nothing that it did not know. */
  texts(): PieceTexts | null {
    return this.news === 0 ? null : Object.fromEntries(this.used);
  }

  private keyOf(table: TableModel): string {
    const known = this.keys.get(table);
    if (known !== undefined) return known;
    const key = hash("sha256", JSON.stringify(table), "base64url").slice(0, 22);
    this.keys.set(table, key);
    return key;
  }
}
