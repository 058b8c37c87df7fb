/** Fields that no row may lack. */
export const required = [
  "name",
  "text",
  "title",
  "label",
  "latitude",
  "longitude",
  "meter",
  "value",
  "takenAt",
  "level",
  "points",
];

interface Table {
  readonly policy: string;
  readonly operations: readonly string[];
  /** Every field with its default. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly key?: string;
  readonly references?: Readonly<Record<string, string>>;
  /** The kind of scope that its rows are in. */
  readonly scope?: "team" | "room";
}

const all = ["create", "update", "delete"];

/** The reference project, in the words of the protocol. */
export const oracleTables: Readonly<Record<string, Table>> = {
  projects: { policy: "server-wins", operations: all, fields: { name: null } },
  tasks: {
    policy: "mobile-wins",
    operations: ["create", "update"],
    fields: {
      text: null,
      isCompleted: false,
      priority: "normal",
      estimate: null,
      distance: null,
      checklist: null,
      project: null,
      dueAt: null,
    },
    references: { project: "projects" },
  },
  notes: { policy: "last-write-wins", operations: all, fields: { title: null, body: null } },
  places: {
    policy: "hlc",
    operations: all,
    fields: { label: null, latitude: null, longitude: null },
  },
  contacts: {
    policy: "field-merge",
    operations: all,
    fields: { name: null, phone: null, visits: 0, tags: [], stage: "lead" },
  },
  readings: {
    policy: "append-only",
    operations: ["create"],
    fields: { meter: null, value: null, takenAt: null },
  },
  scores: {
    policy: "max-wins",
    operations: all,
    fields: { level: null, points: null },
    key: "level",
  },
  drafts: { policy: "manual", operations: all, fields: { text: null } },
  settings: { policy: "custom", operations: all, fields: { name: null, value: null }, key: "name" },
  boards: { policy: "server-wins", operations: all, fields: { name: null }, scope: "team" },
  cards: {
    policy: "last-write-wins",
    operations: all,
    fields: { text: null, remark: null, board: null },
    references: { board: "boards" },
    scope: "team",
  },
  ratings: {
    policy: "max-wins",
    operations: all,
    fields: { level: null, points: null },
    key: "level",
    scope: "team",
  },
  pacts: { policy: "manual", operations: all, fields: { text: null }, scope: "room" },
  guests: {
    policy: "field-merge",
    operations: all,
    fields: { name: null, phone: null },
    scope: "room",
  },
  duties: {
    policy: "mobile-wins",
    operations: all,
    fields: { label: null, remark: null },
    scope: "room",
  },
  patients: {
    policy: "field-merge",
    operations: all,
    fields: { name: null, phone: null, visits: 0, tags: [], stage: "lead" },
    scope: "team",
  },
  parcels: {
    policy: "last-write-wins",
    operations: all,
    fields: { label: null, visits: 0, tags: [] },
    scope: "room",
  },
  terms: {
    policy: "custom",
    operations: all,
    fields: { name: null, value: null },
    key: "name",
    scope: "team",
  },
};
