// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import type { ServerRules } from "./syncEngine/rules";
import { fieldMerge } from "./syncEngine/shared/policies/fieldMerge";
import { hlcWins } from "./syncEngine/shared/policies/hlc";
import { lastWriteWins } from "./syncEngine/shared/policies/lastWriteWins";
import { mobileWins } from "./syncEngine/shared/policies/mobileWins";
import { serverWins } from "./syncEngine/shared/policies/serverWins";
import type { Policy } from "./syncEngine/shared/policy";
import { syncedTable, syncSystemTables } from "./syncEngine/tables";

/** Synced fields of `accounts`. */
export const accountFields = {
  title: v.string(),
  isActive: v.boolean(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Synced fields of `assets`. */
export const assetFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `audits`. */
export const auditFields = {
  title: v.string(),
  parent: v.optional(v.string()),
};

/** Synced fields of `batches`. */
export const batchFields = {
  title: v.string(),
  amount: v.number(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `branches`. */
export const branchFields = {
  title: v.string(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Synced fields of `companies`. */
export const companyFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `countries`. */
export const countryFields = {
  title: v.string(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `deliveries`. */
export const deliveryFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `devices`. */
export const deviceFields = {
  title: v.string(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Synced fields of `documents`. */
export const documentFields = {
  title: v.string(),
  amount: v.number(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `drivers`. */
export const driverFields = {
  title: v.string(),
  parent: v.optional(v.string()),
};

/** Synced fields of `expenses`. */
export const expenseFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `holidays`. */
export const holidayFields = {
  title: v.string(),
  isActive: v.boolean(),
  dueAt: v.optional(v.number()),
};

/** Synced fields of `inspections`. */
export const inspectionFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `invoices`. */
export const invoiceFields = {
  title: v.string(),
  parent: v.optional(v.string()),
};

/** Synced fields of `locations`. */
export const locationFields = {
  title: v.string(),
  amount: v.number(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `machines`. */
export const machineFields = {
  title: v.string(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Synced fields of `messages`. */
export const messageFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `parts`. */
export const partFields = {
  title: v.string(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `projects`. */
export const projectFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `reports`. */
export const reportFields = {
  title: v.string(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Synced fields of `routes`. */
export const routeFields = {
  title: v.string(),
  amount: v.number(),
  isActive: v.boolean(),
  parent: v.optional(v.string()),
};

/** Synced fields of `shifts`. */
export const shiftFields = {
  title: v.string(),
  parent: v.optional(v.string()),
};

/** Synced fields of `tasks`. */
export const taskFields = {
  title: v.string(),
  amount: v.number(),
  parent: v.optional(v.string()),
};

/** Synced fields of `vehicles`. */
export const vehicleFields = {
  title: v.string(),
  isActive: v.boolean(),
  dueAt: v.optional(v.number()),
  parent: v.optional(v.string()),
};

/** Every table of the sync: spread into the `defineSchema` of your schema.ts. */
export const syncTables = {
  accounts: syncedTable(accountFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  assets: syncedTable(assetFields, { by_parent: ["parent"] }),
  audits: syncedTable(auditFields, { by_parent: ["parent"] }),
  batches: syncedTable(batchFields, { by_parent: ["parent"] }),
  branches: syncedTable(branchFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  companies: syncedTable(companyFields, { by_parent: ["parent"] }),
  countries: syncedTable(countryFields, { by_parent: ["parent"] }),
  deliveries: syncedTable(deliveryFields, { by_parent: ["parent"] }),
  devices: syncedTable(deviceFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  documents: syncedTable(documentFields, { by_parent: ["parent"] }),
  drivers: syncedTable(driverFields, { by_parent: ["parent"] }),
  expenses: syncedTable(expenseFields, { by_parent: ["parent"] }),
  holidays: syncedTable(holidayFields, { by_due_at: ["dueAt"] }),
  inspections: syncedTable(inspectionFields, { by_parent: ["parent"] }),
  invoices: syncedTable(invoiceFields, { by_parent: ["parent"] }),
  locations: syncedTable(locationFields, { by_parent: ["parent"] }),
  machines: syncedTable(machineFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  messages: syncedTable(messageFields, { by_parent: ["parent"] }),
  parts: syncedTable(partFields, { by_parent: ["parent"] }),
  projects: syncedTable(projectFields, { by_parent: ["parent"] }),
  reports: syncedTable(reportFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  routes: syncedTable(routeFields, { by_parent: ["parent"] }),
  shifts: syncedTable(shiftFields, { by_parent: ["parent"] }),
  tasks: syncedTable(taskFields, { by_parent: ["parent"] }),
  vehicles: syncedTable(vehicleFields, {
    by_due_at: ["dueAt"],
    by_parent: ["parent"],
  }),
  ...syncSystemTables,
};

/** What devices may do with each table, and what its fields hold. */
export const syncRules = {
  accounts: {
    name: "accounts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isActive: { kind: "boolean", optional: false, default: true },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "batches" },
    },
  },
  assets: {
    name: "assets",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "drivers" },
    },
  },
  audits: {
    name: "audits",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      parent: { kind: "reference", optional: true, references: "messages" },
    },
  },
  batches: {
    name: "batches",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "vehicles" },
    },
  },
  branches: {
    name: "branches",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "countries" },
    },
  },
  companies: {
    name: "companies",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "inspections" },
    },
  },
  countries: {
    name: "countries",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "reports" },
    },
  },
  deliveries: {
    name: "deliveries",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "audits" },
    },
  },
  devices: {
    name: "devices",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "documents" },
    },
  },
  documents: {
    name: "documents",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "machines" },
    },
  },
  drivers: {
    name: "drivers",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      parent: { kind: "reference", optional: true, references: "tasks" },
    },
  },
  expenses: {
    name: "expenses",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "companies" },
    },
  },
  holidays: {
    name: "holidays",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isActive: { kind: "boolean", optional: false, default: true },
      dueAt: { kind: "timestamp", optional: true },
    },
  },
  inspections: {
    name: "inspections",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "projects" },
    },
  },
  invoices: {
    name: "invoices",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      parent: { kind: "reference", optional: true, references: "assets" },
    },
  },
  locations: {
    name: "locations",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "devices" },
    },
  },
  machines: {
    name: "machines",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "locations" },
    },
  },
  messages: {
    name: "messages",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "shifts" },
    },
  },
  parts: {
    name: "parts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "branches" },
    },
  },
  projects: {
    name: "projects",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "expenses" },
    },
  },
  reports: {
    name: "reports",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "parts" },
    },
  },
  routes: {
    name: "routes",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      isActive: { kind: "boolean", optional: false, default: true },
      parent: { kind: "reference", optional: true, references: "accounts" },
    },
  },
  shifts: {
    name: "shifts",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      parent: { kind: "reference", optional: true, references: "deliveries" },
    },
  },
  tasks: {
    name: "tasks",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      amount: { kind: "integer", optional: false, default: 0 },
      parent: { kind: "reference", optional: true, references: "invoices" },
    },
  },
  vehicles: {
    name: "vehicles",
    operations: ["create", "update", "delete"],
    uniqueBy: [],
    options: {},
    fields: {
      title: { kind: "text", optional: false },
      isActive: { kind: "boolean", optional: false, default: true },
      dueAt: { kind: "timestamp", optional: true },
      parent: { kind: "reference", optional: true, references: "routes" },
    },
  },
} as const satisfies Record<string, ServerRules>;

/** How concurrent changes of each table are decided. */
export const syncPolicies = {
  accounts: mobileWins,
  assets: serverWins,
  audits: lastWriteWins,
  batches: hlcWins,
  branches: fieldMerge,
  companies: mobileWins,
  countries: serverWins,
  deliveries: lastWriteWins,
  devices: hlcWins,
  documents: fieldMerge,
  drivers: mobileWins,
  expenses: serverWins,
  holidays: lastWriteWins,
  inspections: hlcWins,
  invoices: fieldMerge,
  locations: mobileWins,
  machines: serverWins,
  messages: lastWriteWins,
  parts: hlcWins,
  projects: fieldMerge,
  reports: mobileWins,
  routes: serverWins,
  shifts: lastWriteWins,
  tasks: hlcWins,
  vehicles: fieldMerge,
} satisfies Record<keyof typeof syncRules, Policy>;
