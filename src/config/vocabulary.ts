/** How two sides that changed the same row agree; see `sync-gen explain <policy>`. */
export const policyNames = [
  "mobile-wins",
  "server-wins",
  "last-write-wins",
  "hlc",
  "field-merge",
  "append-only",
  "max-wins",
  "manual",
  "custom",
] as const;
/** One of `policyNames`. */
export type PolicyName = (typeof policyNames)[number];

/** What a device may do to a table's rows. */
export const operationNames = ["create", "update", "delete"] as const;
/** One of `operationNames`. */
export type OperationName = (typeof operationNames)[number];

/** Every kind of field that a config can declare. */
export const fieldKinds = [
  "text",
  "integer",
  "real",
  "boolean",
  "timestamp",
  "json",
  "choice",
  "reference",
] as const;
/** One of `fieldKinds`. */
export type FieldKind = (typeof fieldKinds)[number];

/** Every store that device code can be emitted for. */
export const storeIds = ["expo-sqlite"] as const;
/** One of `storeIds`. */
export type StoreId = (typeof storeIds)[number];

/** Every backend that server code can be emitted for. */
export const backendIds = ["convex"] as const;
/** One of `backendIds`. */
export type BackendId = (typeof backendIds)[number];

/** A value that JSON can carry. */
export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The TypeScript type of a `json<T>()` field, as text. */
export interface JsonType {
  /** `ChecklistItem[]`, or `{ lat: number; lng: number }`: valid where the declarations and imports below are in scope. */
  readonly type: string;
  /** Declarations copied from the config's text that `type` needs: `interface ChecklistItem { … }`. */
  readonly declarations: readonly string[];
  /**
   * Names that `type` needs from other modules. `name` is what stands between the braces (`Address`, `default as Address`,
   * `Item as Entry`); a relative `from` is relative to the project's root and starts with `./` or `../`.
   */
  readonly imports: readonly { readonly name: string; readonly from: string }[];
}
