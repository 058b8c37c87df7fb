import {
  boolean,
  choice,
  defineSync,
  integer,
  json,
  real,
  reference,
  table,
  text,
  timestamp,
} from "sync-gen";
import type { OpeningHours } from "./src/openingHours";

interface ChecklistItem {
  title: string;
  done: boolean;
}

export default defineSync({
  client: { store: "expo-sqlite", out: "src/offline" },
  server: { backend: "convex", out: "convex", retentionDays: 30, accepts: 3 },
  tables: {
    owners: table({ policy: "server-wins", fields: { name: text() } }),

    samples: table({
      policy: "mobile-wins",
      fields: {
        words: text(),
        count: integer(),
        ratio: real(),
        isOpen: boolean(),
        at: timestamp(),
        items: json<ChecklistItem[]>(),
        state: choice(["open", "closed"]),
        owner: reference("owners"),
      },
    }),

    sparseSamples: table({
      policy: "mobile-wins",
      fields: {
        words: text().optional(),
        count: integer().optional(),
        ratio: real().optional(),
        isOpen: boolean().optional(),
        at: timestamp().optional(),
        place: json<{ lat: number; lng: number }>().optional(),
        state: choice(["open", "closed"]).optional(),
        owner: reference("owners").optional(),
        anything: json().optional(),
      },
    }),

    presets: table({
      policy: "mobile-wins",
      fields: {
        words: text().default("none"),
        count: integer().default(-1),
        ratio: real().default(0.5),
        isOpen: boolean().default(true),
        at: timestamp().default(0),
        items: json<ChecklistItem[]>().default([
          { title: "Helmet", done: false },
          { title: "Don't forget the keys", done: false },
        ]),
        hours: json<OpeningHours>().default({
          from: 8,
          to: 17,
          days: ["mon", "tue"],
        }),
        state: choice(["open", "closed"]).default("open"),
        only: choice(["one"]).default("one"),
        longest: choice([
          "waiting for delivery",
          "waiting for approval",
          "ready for collection",
          "collected by the customer",
        ]).default("waiting for delivery"),
      },
    }),

    oneSided: table({
      policy: "mobile-wins",
      indexes: [
        ["state", "at"],
        { name: "by_rank", fields: ["rank"] },
        ["userId", "deletedAt", "state", "createdAt"],
        ["createdAt"],
        { name: "by_owner", fields: ["userId"] },
      ],
      fields: {
        title: text().index(),
        state: choice(["open", "closed"]).default("open").index(),
        at: timestamp().optional(),
        rank: integer().default(0),
        draft: text().optional().deviceOnly(),
        seen: boolean().default(false).deviceOnly(),
        score: real().optional().serverOnly(),
        secret: text().default("x").serverOnly(),
      },
    }),

    keyed: table({
      policy: "mobile-wins",
      uniqueBy: ["isbn", "owner"],
      entity: "book",
      description:
        "One row for each book and owner.\nMade twice, it is still one row.",
      fields: {
        isbn: text().describe("Ten or thirteen digits."),
        owner: reference("owners").describe("Who has it on the shelf."),
        likes: integer().default(0).counter(),
        weight: real().default(0).counter(),
        tags: json<string[]>().default([]).set(),
        stage: choice(["wanted", "ordered", "here"]).default("wanted").oneWay(),
      },
    }),
  },
});
