import type { ScopeAccess } from "../../templates/shared/protocol";
import type { TableName } from "./project";
import type { Values } from "./values";

/** One thing that happens; rows go by the names that their steps gave them. */
export type Step =
  | {
      readonly do: "create" | "update";
      readonly by: Actor;
      readonly row: string;
      readonly values: Values;
    }
  | { readonly do: "remove"; readonly by: Actor; readonly row: string }
  | { readonly do: "together" }
  | { readonly do: "offline" | "online" | "restart" | "decide" | "collect" }
  | { readonly do: "sign in"; readonly user: string }
  /** The phone's user comes into the first scope of each kind, or goes (`null`). */
  | { readonly do: "access"; readonly access: ScopeAccess | null }
  /** Time passes, ms. */
  | { readonly do: "wait"; readonly time: number };

/** The phone that is killed, or another one of the same person. */
type Actor = "phone" | "other";

/** A short story on one phone, told again and again with the phone dying at another point of it. */
export interface Scenario {
  readonly name: string;
  readonly tables: readonly TableName[];
  readonly steps: readonly Step[];
}

export const create = (row: string, values: Values, by: Actor = "phone"): Step => ({
  do: "create",
  by,
  row,
  values,
});
export const update = (row: string, values: Values, by: Actor = "phone"): Step => ({
  do: "update",
  by,
  row,
  values,
});
export const remove = (row: string, by: Actor = "phone"): Step => ({ do: "remove", by, row });
export const wait: Step = { do: "wait", time: 3000 };
export const offline: Step = { do: "offline" };
export const online: Step = { do: "online" };
export const restart: Step = { do: "restart" };
export const decide: Step = { do: "decide" };
export const collect: Step = { do: "collect" };

/** The row's name begins with its table's. */
export const scenarios: readonly Scenario[] = [
  {
    name: "a row is made, changed and deleted online",
    tables: ["notes"],
    steps: [
      create("notes 1", { title: "a", body: "b" }),
      wait,
      update("notes 1", { body: "c" }),
      wait,
      remove("notes 1"),
      wait,
    ],
  },
  {
    name: "a row is made, changed and deleted offline",
    tables: ["notes"],
    steps: [
      offline,
      create("notes 1", { title: "a", body: "b" }),
      create("notes 2", { title: "x", body: "y" }),
      update("notes 1", { body: "c" }),
      remove("notes 2"),
      online,
      wait,
    ],
  },
  {
    name: "edits while a batch is under way",
    tables: ["projects"],
    steps: [
      create("projects 1", { name: "a" }),
      { do: "wait", time: 60 },
      update("projects 1", { name: "b" }),
      { do: "wait", time: 60 },
      update("projects 1", { name: "c" }),
      wait,
    ],
  },
  {
    name: "a delete while the create is under way",
    tables: ["notes"],
    steps: [
      create("notes 1", { title: "a", body: "b" }),
      { do: "wait", time: 60 },
      remove("notes 1"),
      wait,
    ],
  },
  {
    name: "references, parents first",
    tables: ["projects", "tasks"],
    steps: [
      offline,
      create("projects 1", { name: "p" }),
      create("tasks 1", { text: "t", project: "projects 1" }),
      create("tasks 2", { text: "u" }),
      update("tasks 2", { project: "projects 1" }),
      online,
      wait,
    ],
  },
  {
    name: "several writes land together",
    tables: ["projects", "tasks"],
    steps: [
      { do: "together" },
      wait,
      offline,
      { do: "together" },
      { do: "together" },
      online,
      wait,
    ],
  },
  {
    name: "the first download, page by page",
    tables: ["projects"],
    steps: [
      ...["1", "2", "3", "4", "5"].map((name) => create(`projects ${name}`, { name }, "other")),
      wait,
      restart,
      wait,
    ],
  },
  {
    name: "changes of others come in",
    tables: ["notes"],
    steps: [
      create("notes 1", { title: "a", body: "b" }, "other"),
      wait,
      update("notes 1", { body: "c" }, "other"),
      create("notes 2", { title: "d", body: "e" }, "other"),
      wait,
      remove("notes 1", "other"),
      wait,
    ],
  },
  {
    name: "mobile-wins: both change a row",
    tables: ["tasks"],
    steps: [
      create("tasks 1", { text: "a" }),
      wait,
      offline,
      update("tasks 1", { text: "mine" }),
      update("tasks 1", { text: "theirs", priority: "high" }, "other"),
      wait,
      online,
      wait,
    ],
  },
  {
    name: "server-wins: the edit is superseded and dismissed",
    tables: ["projects"],
    steps: [
      create("projects 1", { name: "a" }),
      wait,
      offline,
      update("projects 1", { name: "mine" }),
      update("projects 1", { name: "theirs" }, "other"),
      wait,
      online,
      wait,
      decide,
      wait,
    ],
  },
  {
    name: "last-write-wins: a delete meets a later edit",
    tables: ["notes"],
    steps: [
      create("notes 1", { title: "a", body: "b" }),
      wait,
      offline,
      remove("notes 1", "other"),
      wait,
      update("notes 1", { body: "mine" }),
      online,
      wait,
    ],
  },
  {
    name: "hlc: an edit meets a later delete",
    tables: ["places"],
    steps: [
      create("places 1", { label: "a", latitude: 1, longitude: 2 }),
      wait,
      offline,
      update("places 1", { label: "mine" }),
      wait,
      remove("places 1", "other"),
      wait,
      online,
      wait,
    ],
  },
  {
    name: "field-merge: a counter, a set and a stage from both sides",
    tables: ["contacts"],
    steps: [
      create("contacts 1", { name: "a", phone: "1" }),
      wait,
      offline,
      update("contacts 1", { visits: 2, tags: ["mine"], stage: "customer" }),
      update("contacts 1", { visits: 1, tags: ["theirs"], phone: "2" }, "other"),
      wait,
      online,
      wait,
    ],
  },
  {
    name: "append-only: readings of a day",
    tables: ["readings"],
    steps: [
      create("readings 1", { meter: "m", value: 1, takenAt: 1 }),
      offline,
      create("readings 2", { meter: "m", value: 2, takenAt: 2 }),
      create("readings 3", { meter: "m", value: 3, takenAt: 3 }),
      online,
      wait,
    ],
  },
  {
    name: "max-wins: two devices make the same row",
    tables: ["scores"],
    steps: [
      offline,
      create("scores 1", { level: "one", points: 3 }),
      create("scores 2", { level: "one", points: 5 }, "other"),
      wait,
      online,
      wait,
      update("scores 1", { points: 9 }),
      wait,
    ],
  },
  {
    name: "manual: a conflict is decided",
    tables: ["drafts"],
    steps: [
      create("drafts 1", { text: "a" }),
      wait,
      offline,
      update("drafts 1", { text: "mine" }),
      update("drafts 1", { text: "theirs" }, "other"),
      wait,
      online,
      wait,
      decide,
      wait,
    ],
  },
  {
    name: "a rejected op is given up",
    tables: ["projects", "tasks"],
    steps: [
      create("projects 1", { name: "p" }),
      wait,
      offline,
      create("tasks 1", { text: "t", project: "projects 1" }),
      create("tasks 2", { text: "u" }),
      remove("projects 1", "other"),
      wait,
      online,
      wait,
      decide,
      wait,
    ],
  },
  {
    name: "a poison op alone fails",
    tables: ["tasks"],
    steps: [
      offline,
      create("tasks 1", { text: "good" }),
      create("tasks 2", { text: "poison" }),
      create("tasks 3", { text: "good too" }),
      online,
      { do: "wait", time: 60_000 },
      decide,
      wait,
    ],
  },
  {
    name: "back behind the horizon",
    tables: ["projects"],
    steps: [
      create("projects 1", { name: "a" }),
      create("projects 2", { name: "b" }),
      wait,
      offline,
      update("projects 2", { name: "c" }),
      remove("projects 1", "other"),
      wait,
      collect,
      online,
      wait,
    ],
  },
  {
    name: "another person signs in, and the first one again",
    tables: ["projects"],
    steps: [
      offline,
      create("projects 1", { name: "a" }),
      { do: "sign in", user: "bob" },
      create("projects 2", { name: "b" }),
      online,
      wait,
      { do: "sign in", user: "ann" },
      wait,
    ],
  },
];
