import { v } from "convex/values";
import * as fixture from "../server/fixture/convex/syncTables";
import { fieldMerge } from "../../templates/shared/policies/fieldMerge";
import { lastWriteWins } from "../../templates/shared/policies/lastWriteWins";
import { manual } from "../../templates/shared/policies/manual";
import { maxWins } from "../../templates/shared/policies/maxWins";
import { mobileWins } from "../../templates/shared/policies/mobileWins";
import { serverWins } from "../../templates/shared/policies/serverWins";
import type { Policy } from "../../templates/shared/policy";
import type { ServerRules } from "../../templates/server/convex/syncEngine/rules";

/** Fields of the tables that several people share, as `syncTables.ts` has them. */
export const scopedFields = {
  boards: { name: v.string() },
  cards: { text: v.string(), remark: v.optional(v.string()), board: v.optional(v.string()) },
  ratings: { level: v.string(), points: v.number() },
  pacts: { text: v.string() },
  guests: { name: v.string(), phone: v.optional(v.string()) },
  duties: { label: v.string(), remark: v.optional(v.string()) },
  patients: fixture.contactFields,
  parcels: { label: v.string(), visits: v.number(), tags: fixture.contactFields.tags },
  terms: fixture.settingFields,
};

const all = ["create", "update", "delete"] as const;
const text = { kind: "text", optional: false } as const;
const optionalText = { kind: "text", optional: true } as const;
const plain = { operations: all, uniqueBy: [], options: {} } as const;

/** Their rules. There are teams and rooms: two kinds of scope, whose ids may be the same. */
export const scopedRules = {
  boards: { ...plain, name: "boards", scope: "team", fields: { name: text } },
  cards: {
    ...plain,
    name: "cards",
    scope: "team",
    fields: {
      text,
      remark: optionalText,
      board: { kind: "reference", optional: true, references: "boards" },
    },
  },
  ratings: {
    ...plain,
    name: "ratings",
    scope: "team",
    uniqueBy: ["level"],
    options: { by: "points" },
    fields: { level: text, points: { kind: "integer", optional: false } },
  },
  pacts: { ...plain, name: "pacts", scope: "room", fields: { text } },
  guests: { ...plain, name: "guests", scope: "room", fields: { name: text, phone: optionalText } },
  duties: {
    ...plain,
    name: "duties",
    scope: "room",
    fields: { label: text, remark: optionalText },
  },
  patients: {
    ...plain,
    name: "patients",
    scope: "team",
    fields: fixture.syncRules.contacts.fields,
  },
  parcels: {
    ...plain,
    name: "parcels",
    scope: "room",
    fields: {
      label: text,
      visits: fixture.syncRules.contacts.fields.visits,
      tags: fixture.syncRules.contacts.fields.tags,
    },
  },
  terms: { ...fixture.syncRules.settings, name: "terms", scope: "team" },
} as const satisfies Record<keyof typeof scopedFields, ServerRules>;

/** How their concurrent changes are decided. */
export const scopedPolicies = {
  boards: serverWins,
  cards: lastWriteWins,
  ratings: maxWins,
  pacts: manual,
  guests: fieldMerge,
  duties: mobileWins,
  patients: fieldMerge,
  parcels: lastWriteWins,
  terms: fixture.syncPolicies.settings,
} satisfies Record<keyof typeof scopedRules, Policy>;

/** A kind of scope. */
export type ScopeKind = "team" | "room";

/** Every kind of scope. */
export const scopeKinds: readonly ScopeKind[] = ["team", "room"];

/** Scopes that there are, by kind. One id is that of two scopes. */
export const scopeIds: Readonly<Record<ScopeKind, readonly string[]>> = {
  team: ["one", "two"],
  room: ["one", "three"],
};

/** The kind of scope that the table's rows are in; `null`: they are their user's own. */
export function scopeOf(table: string): ScopeKind | null {
  const rules: Readonly<Record<string, { readonly scope: ScopeKind }>> = scopedRules;
  return rules[table]?.scope ?? null;
}
