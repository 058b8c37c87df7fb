// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { api } from "../../convex/_generated/api";
import * as schema from "../db/schema";
import { defineTable, type Registry } from "./registry";
import { fieldMerge } from "./shared/policies/fieldMerge";
import { hlcWins } from "./shared/policies/hlc";
import { lastWriteWins } from "./shared/policies/lastWriteWins";
import { mobileWins } from "./shared/policies/mobileWins";
import { serverWins } from "./shared/policies/serverWins";

/**
 * Every synced table. Parents stand before the tables that reference them: this
 * is the order in which tables are fetched.
 */
export const tables = {
  routes: defineTable<
    schema.Route,
    schema.NewRoute,
    schema.RouteChanges,
    "create" | "update" | "delete"
  >({
    name: "routes",
    sqlite: schema.routes,
    policy: serverWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getRouteChangesSince,
      all: api.sync.getAllRoutesForUser,
    },
  }),
  vehicles: defineTable<
    schema.Vehicle,
    schema.NewVehicle,
    schema.VehicleChanges,
    "create" | "update" | "delete"
  >({
    name: "vehicles",
    sqlite: schema.vehicles,
    policy: fieldMerge,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getVehicleChangesSince,
      all: api.sync.getAllVehiclesForUser,
    },
  }),
  batches: defineTable<
    schema.Batch,
    schema.NewBatch,
    schema.BatchChanges,
    "create" | "update" | "delete"
  >({
    name: "batches",
    sqlite: schema.batches,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getBatchChangesSince,
      all: api.sync.getAllBatchesForUser,
    },
  }),
  accounts: defineTable<
    schema.Account,
    schema.NewAccount,
    schema.AccountChanges,
    "create" | "update" | "delete"
  >({
    name: "accounts",
    sqlite: schema.accounts,
    policy: mobileWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getAccountChangesSince,
      all: api.sync.getAllAccountsForUser,
    },
  }),
  invoices: defineTable<
    schema.Invoice,
    schema.NewInvoice,
    schema.InvoiceChanges,
    "create" | "update" | "delete"
  >({
    name: "invoices",
    sqlite: schema.invoices,
    policy: fieldMerge,
    rules: {
      name: "invoices",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        parent: { kind: "reference", optional: true, references: "assets" },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getInvoiceChangesSince,
      all: api.sync.getAllInvoicesForUser,
    },
  }),
  tasks: defineTable<
    schema.Task,
    schema.NewTask,
    schema.TaskChanges,
    "create" | "update" | "delete"
  >({
    name: "tasks",
    sqlite: schema.tasks,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getTaskChangesSince,
      all: api.sync.getAllTasksForUser,
    },
  }),
  drivers: defineTable<
    schema.Driver,
    schema.NewDriver,
    schema.DriverChanges,
    "create" | "update" | "delete"
  >({
    name: "drivers",
    sqlite: schema.drivers,
    policy: mobileWins,
    rules: {
      name: "drivers",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        parent: { kind: "reference", optional: true, references: "tasks" },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getDriverChangesSince,
      all: api.sync.getAllDriversForUser,
    },
  }),
  assets: defineTable<
    schema.Asset,
    schema.NewAsset,
    schema.AssetChanges,
    "create" | "update" | "delete"
  >({
    name: "assets",
    sqlite: schema.assets,
    policy: serverWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getAssetChangesSince,
      all: api.sync.getAllAssetsForUser,
    },
  }),
  deliveries: defineTable<
    schema.Delivery,
    schema.NewDelivery,
    schema.DeliveryChanges,
    "create" | "update" | "delete"
  >({
    name: "deliveries",
    sqlite: schema.deliveries,
    policy: lastWriteWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getDeliveryChangesSince,
      all: api.sync.getAllDeliveriesForUser,
    },
  }),
  shifts: defineTable<
    schema.Shift,
    schema.NewShift,
    schema.ShiftChanges,
    "create" | "update" | "delete"
  >({
    name: "shifts",
    sqlite: schema.shifts,
    policy: lastWriteWins,
    rules: {
      name: "shifts",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        parent: { kind: "reference", optional: true, references: "deliveries" },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getShiftChangesSince,
      all: api.sync.getAllShiftsForUser,
    },
  }),
  messages: defineTable<
    schema.Message,
    schema.NewMessage,
    schema.MessageChanges,
    "create" | "update" | "delete"
  >({
    name: "messages",
    sqlite: schema.messages,
    policy: lastWriteWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getMessageChangesSince,
      all: api.sync.getAllMessagesForUser,
    },
  }),
  audits: defineTable<
    schema.Audit,
    schema.NewAudit,
    schema.AuditChanges,
    "create" | "update" | "delete"
  >({
    name: "audits",
    sqlite: schema.audits,
    policy: lastWriteWins,
    rules: {
      name: "audits",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        parent: { kind: "reference", optional: true, references: "messages" },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getAuditChangesSince,
      all: api.sync.getAllAuditsForUser,
    },
  }),
  parts: defineTable<
    schema.Part,
    schema.NewPart,
    schema.PartChanges,
    "create" | "update" | "delete"
  >({
    name: "parts",
    sqlite: schema.parts,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getPartChangesSince,
      all: api.sync.getAllPartsForUser,
    },
  }),
  reports: defineTable<
    schema.Report,
    schema.NewReport,
    schema.ReportChanges,
    "create" | "update" | "delete"
  >({
    name: "reports",
    sqlite: schema.reports,
    policy: mobileWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getReportChangesSince,
      all: api.sync.getAllReportsForUser,
    },
  }),
  countries: defineTable<
    schema.Country,
    schema.NewCountry,
    schema.CountryChanges,
    "create" | "update" | "delete"
  >({
    name: "countries",
    sqlite: schema.countries,
    policy: serverWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getCountryChangesSince,
      all: api.sync.getAllCountriesForUser,
    },
  }),
  branches: defineTable<
    schema.Branch,
    schema.NewBranch,
    schema.BranchChanges,
    "create" | "update" | "delete"
  >({
    name: "branches",
    sqlite: schema.branches,
    policy: fieldMerge,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getBranchChangesSince,
      all: api.sync.getAllBranchesForUser,
    },
  }),
  expenses: defineTable<
    schema.Expense,
    schema.NewExpense,
    schema.ExpenseChanges,
    "create" | "update" | "delete"
  >({
    name: "expenses",
    sqlite: schema.expenses,
    policy: serverWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getExpenseChangesSince,
      all: api.sync.getAllExpensesForUser,
    },
  }),
  projects: defineTable<
    schema.Project,
    schema.NewProject,
    schema.ProjectChanges,
    "create" | "update" | "delete"
  >({
    name: "projects",
    sqlite: schema.projects,
    policy: fieldMerge,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getProjectChangesSince,
      all: api.sync.getAllProjectsForUser,
    },
  }),
  inspections: defineTable<
    schema.Inspection,
    schema.NewInspection,
    schema.InspectionChanges,
    "create" | "update" | "delete"
  >({
    name: "inspections",
    sqlite: schema.inspections,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getInspectionChangesSince,
      all: api.sync.getAllInspectionsForUser,
    },
  }),
  companies: defineTable<
    schema.Company,
    schema.NewCompany,
    schema.CompanyChanges,
    "create" | "update" | "delete"
  >({
    name: "companies",
    sqlite: schema.companies,
    policy: mobileWins,
    rules: {
      name: "companies",
      operations: ["create", "update", "delete"],
      uniqueBy: [],
      options: {},
      fields: {
        title: { kind: "text", optional: false },
        amount: { kind: "integer", optional: false, default: 0 },
        parent: {
          kind: "reference",
          optional: true,
          references: "inspections",
        },
      },
    },
    deviceFields: {},
    remote: {
      changesSince: api.sync.getCompanyChangesSince,
      all: api.sync.getAllCompaniesForUser,
    },
  }),
  locations: defineTable<
    schema.Location,
    schema.NewLocation,
    schema.LocationChanges,
    "create" | "update" | "delete"
  >({
    name: "locations",
    sqlite: schema.locations,
    policy: mobileWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getLocationChangesSince,
      all: api.sync.getAllLocationsForUser,
    },
  }),
  machines: defineTable<
    schema.Machine,
    schema.NewMachine,
    schema.MachineChanges,
    "create" | "update" | "delete"
  >({
    name: "machines",
    sqlite: schema.machines,
    policy: serverWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getMachineChangesSince,
      all: api.sync.getAllMachinesForUser,
    },
  }),
  documents: defineTable<
    schema.Document,
    schema.NewDocument,
    schema.DocumentChanges,
    "create" | "update" | "delete"
  >({
    name: "documents",
    sqlite: schema.documents,
    policy: fieldMerge,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getDocumentChangesSince,
      all: api.sync.getAllDocumentsForUser,
    },
  }),
  devices: defineTable<
    schema.Device,
    schema.NewDevice,
    schema.DeviceChanges,
    "create" | "update" | "delete"
  >({
    name: "devices",
    sqlite: schema.devices,
    policy: hlcWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getDeviceChangesSince,
      all: api.sync.getAllDevicesForUser,
    },
  }),
  holidays: defineTable<
    schema.Holiday,
    schema.NewHoliday,
    schema.HolidayChanges,
    "create" | "update" | "delete"
  >({
    name: "holidays",
    sqlite: schema.holidays,
    policy: lastWriteWins,
    rules: {
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
    deviceFields: {},
    remote: {
      changesSince: api.sync.getHolidayChangesSince,
      all: api.sync.getAllHolidaysForUser,
    },
  }),
};

/** What the sync engine is made with: this project's tables and its server. */
export const registry = {
  schemaVersion: 1,
  tables,
  remote: { push: api.sync.push, head: api.sync.head },
  upgrades: null,
  naturalId: null,
  resolveOp: null,
  scopes: null,
} satisfies Registry;
