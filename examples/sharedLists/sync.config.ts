import { boolean, defineSync, reference, table, text } from "sync-gen";

// People who live together share lists: everything here belongs to a household, nothing to one person.
export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    // What a household is called. One row, made with it by the server.
    households: table({
      scope: "household",
      policy: "last-write-wins",
      operations: ["update"],
      fields: { name: text() },
    }),

    // Who is in it, so that phones can say so offline. The server makes and removes these rows with memberships; the
    // `userId` of each is the person's.
    people: table({
      scope: "household",
      policy: "last-write-wins",
      operations: ["update"],
      indexes: [
        { name: "by_person", fields: ["scopeId", "userId", "deletedAt"] },
      ],
      fields: { name: text() },
    }),

    // Two phones that begin “Groceries” offline begin the same list.
    lists: table({
      scope: "household",
      policy: "last-write-wins",
      uniqueBy: ["name"],
      operations: ["create", "delete"],
      fields: { name: text() },
    }),

    // And two that add milk to it add the same milk. One says how much, one ticks it off: both stand.
    items: table({
      scope: "household",
      policy: "field-merge",
      uniqueBy: ["list", "name"],
      fields: {
        list: reference("lists"),
        name: text(),
        amount: text().default(""),
        isBought: boolean().default(false),
      },
    }),
  },
});
