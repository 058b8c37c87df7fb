import {
  boolean,
  defineSync,
  integer,
  reference,
  table,
  text,
  timestamp,
} from "sync-gen";

export default defineSync({
  client: { store: "expo-sqlite", out: "src" },
  server: { backend: "convex", out: "convex" },
  tables: {
    accounts: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        isActive: boolean().default(true),
        dueAt: timestamp().optional().index(),
        parent: reference("batches").optional(),
      },
    }),
    assets: table({
      policy: "server-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("drivers").optional(),
      },
    }),
    audits: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        parent: reference("messages").optional(),
      },
    }),
    batches: table({
      policy: "hlc",
      fields: {
        title: text(),
        amount: integer().default(0),
        isActive: boolean().default(true),
        parent: reference("vehicles").optional(),
      },
    }),
    branches: table({
      policy: "field-merge",
      fields: {
        title: text(),
        dueAt: timestamp().optional().index(),
        parent: reference("countries").optional(),
      },
    }),
    companies: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("inspections").optional(),
      },
    }),
    countries: table({
      policy: "server-wins",
      fields: {
        title: text(),
        isActive: boolean().default(true),
        parent: reference("reports").optional(),
      },
    }),
    deliveries: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("audits").optional(),
      },
    }),
    devices: table({
      policy: "hlc",
      fields: {
        title: text(),
        dueAt: timestamp().optional().index(),
        parent: reference("documents").optional(),
      },
    }),
    documents: table({
      policy: "field-merge",
      fields: {
        title: text(),
        amount: integer().default(0),
        isActive: boolean().default(true),
        parent: reference("machines").optional(),
      },
    }),
    drivers: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        parent: reference("tasks").optional(),
      },
    }),
    expenses: table({
      policy: "server-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("companies").optional(),
      },
    }),
    holidays: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        isActive: boolean().default(true),
        dueAt: timestamp().optional().index(),
      },
    }),
    inspections: table({
      policy: "hlc",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("projects").optional(),
      },
    }),
    invoices: table({
      policy: "field-merge",
      fields: {
        title: text(),
        parent: reference("assets").optional(),
      },
    }),
    locations: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        isActive: boolean().default(true),
        parent: reference("devices").optional(),
      },
    }),
    machines: table({
      policy: "server-wins",
      fields: {
        title: text(),
        dueAt: timestamp().optional().index(),
        parent: reference("locations").optional(),
      },
    }),
    messages: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("shifts").optional(),
      },
    }),
    parts: table({
      policy: "hlc",
      fields: {
        title: text(),
        isActive: boolean().default(true),
        parent: reference("branches").optional(),
      },
    }),
    projects: table({
      policy: "field-merge",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("expenses").optional(),
      },
    }),
    reports: table({
      policy: "mobile-wins",
      fields: {
        title: text(),
        dueAt: timestamp().optional().index(),
        parent: reference("parts").optional(),
      },
    }),
    routes: table({
      policy: "server-wins",
      fields: {
        title: text(),
        amount: integer().default(0),
        isActive: boolean().default(true),
        parent: reference("accounts").optional(),
      },
    }),
    shifts: table({
      policy: "last-write-wins",
      fields: {
        title: text(),
        parent: reference("deliveries").optional(),
      },
    }),
    tasks: table({
      policy: "hlc",
      fields: {
        title: text(),
        amount: integer().default(0),
        parent: reference("invoices").optional(),
      },
    }),
    vehicles: table({
      policy: "field-merge",
      fields: {
        title: text(),
        isActive: boolean().default(true),
        dueAt: timestamp().optional().index(),
        parent: reference("routes").optional(),
      },
    }),
  },
});
