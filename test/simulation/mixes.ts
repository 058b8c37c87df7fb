import type { TableName } from "./project";

/** The tables of a run, by policy and in mixes. */
export const mixes = {
  "mobile-wins": ["tasks", "projects"],
  "server-wins": ["projects"],
  "last-write-wins": ["notes"],
  hlc: ["places"],
  "field-merge": ["contacts"],
  "append-only": ["readings"],
  "max-wins": ["scores"],
  manual: ["drafts"],
  custom: ["settings"],
  references: ["projects", "tasks", "notes"],
  mixed: [
    "projects",
    "tasks",
    "notes",
    "places",
    "contacts",
    "readings",
    "scores",
    "drafts",
    "settings",
  ],
  teams: ["boards", "cards", "ratings"],
  rooms: ["pacts", "guests", "duties"],
  combined: ["notes", "pacts", "patients", "parcels", "terms"],
  shared: ["projects", "tasks", "boards", "cards", "ratings", "pacts", "guests", "duties"],
} as const satisfies Record<string, readonly TableName[]>;

export type MixName = keyof typeof mixes;
