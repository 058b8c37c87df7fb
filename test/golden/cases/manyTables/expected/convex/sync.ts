// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { v } from "convex/values";
import { internalMutation, mutation, query } from "./_generated/server";
import { tableFunctions } from "./syncEngine/functions";
import { createSyncServer } from "./syncEngine/server";
import {
  collectArgs,
  forgetUserArgs,
  headArgs,
  headReply,
  opReply,
  pullArgs,
  pullReply,
  pushArgs,
  pushReply,
  removeArgs,
  upsertArgs,
} from "./syncEngine/validators";
import {
  accountFields,
  assetFields,
  auditFields,
  batchFields,
  branchFields,
  companyFields,
  countryFields,
  deliveryFields,
  deviceFields,
  documentFields,
  driverFields,
  expenseFields,
  holidayFields,
  inspectionFields,
  invoiceFields,
  locationFields,
  machineFields,
  messageFields,
  partFields,
  projectFields,
  reportFields,
  routeFields,
  shiftFields,
  syncPolicies,
  syncRules,
  taskFields,
  vehicleFields,
} from "./syncTables";
import { getSyncUser } from "./syncUser";

const server = createSyncServer({
  rules: syncRules,
  policies: syncPolicies,
  schemaVersion: 1,
  accepts: 20,
  upgrades: [],
  retentionDays: 90,
  user: getSyncUser,
});

/** `query` and `mutation` for the functions that every table has. */
const build = tableFunctions(query, mutation);

/** Takes a batch of changes from a device. */
export const push = mutation({
  args: pushArgs,
  returns: pushReply,
  handler: server.push,
});

/** The newest change of each table: what a device watches while nothing happens. */
export const head = query({
  args: headArgs,
  returns: headReply,
  handler: server.head,
});

/** Creates a row of `accounts`, or changes the fields that are given. */
export const upsertAccount = build.upsert({
  args: upsertArgs(accountFields),
  returns: opReply(accountFields),
  handler: (ctx, args) => server.upsert(ctx, "accounts", args),
});

/** Deletes a row of `accounts`; devices that have it delete it too. */
export const removeAccount = build.remove({
  args: removeArgs,
  returns: opReply(accountFields),
  handler: (ctx, args) => server.remove(ctx, "accounts", args),
});

/** A page of what changed in `accounts` after the cursor, deletions included. */
export const getAccountChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(accountFields),
  handler: (ctx, args) => server.changesSince(ctx, "accounts", args),
});

/** A page of all rows of `accounts` that the signed-in user has. */
export const getAllAccountsForUser = build.page({
  args: pullArgs,
  returns: pullReply(accountFields),
  handler: (ctx, args) => server.all(ctx, "accounts", args),
});

/** Creates a row of `assets`, or changes the fields that are given. */
export const upsertAsset = build.upsert({
  args: upsertArgs(assetFields),
  returns: opReply(assetFields),
  handler: (ctx, args) => server.upsert(ctx, "assets", args),
});

/** Deletes a row of `assets`; devices that have it delete it too. */
export const removeAsset = build.remove({
  args: removeArgs,
  returns: opReply(assetFields),
  handler: (ctx, args) => server.remove(ctx, "assets", args),
});

/** A page of what changed in `assets` after the cursor, deletions included. */
export const getAssetChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(assetFields),
  handler: (ctx, args) => server.changesSince(ctx, "assets", args),
});

/** A page of all rows of `assets` that the signed-in user has. */
export const getAllAssetsForUser = build.page({
  args: pullArgs,
  returns: pullReply(assetFields),
  handler: (ctx, args) => server.all(ctx, "assets", args),
});

/** Creates a row of `audits`, or changes the fields that are given. */
export const upsertAudit = build.upsert({
  args: upsertArgs(auditFields),
  returns: opReply(auditFields),
  handler: (ctx, args) => server.upsert(ctx, "audits", args),
});

/** Deletes a row of `audits`; devices that have it delete it too. */
export const removeAudit = build.remove({
  args: removeArgs,
  returns: opReply(auditFields),
  handler: (ctx, args) => server.remove(ctx, "audits", args),
});

/** A page of what changed in `audits` after the cursor, deletions included. */
export const getAuditChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(auditFields),
  handler: (ctx, args) => server.changesSince(ctx, "audits", args),
});

/** A page of all rows of `audits` that the signed-in user has. */
export const getAllAuditsForUser = build.page({
  args: pullArgs,
  returns: pullReply(auditFields),
  handler: (ctx, args) => server.all(ctx, "audits", args),
});

/** Creates a row of `batches`, or changes the fields that are given. */
export const upsertBatch = build.upsert({
  args: upsertArgs(batchFields),
  returns: opReply(batchFields),
  handler: (ctx, args) => server.upsert(ctx, "batches", args),
});

/** Deletes a row of `batches`; devices that have it delete it too. */
export const removeBatch = build.remove({
  args: removeArgs,
  returns: opReply(batchFields),
  handler: (ctx, args) => server.remove(ctx, "batches", args),
});

/** A page of what changed in `batches` after the cursor, deletions included. */
export const getBatchChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(batchFields),
  handler: (ctx, args) => server.changesSince(ctx, "batches", args),
});

/** A page of all rows of `batches` that the signed-in user has. */
export const getAllBatchesForUser = build.page({
  args: pullArgs,
  returns: pullReply(batchFields),
  handler: (ctx, args) => server.all(ctx, "batches", args),
});

/** Creates a row of `branches`, or changes the fields that are given. */
export const upsertBranch = build.upsert({
  args: upsertArgs(branchFields),
  returns: opReply(branchFields),
  handler: (ctx, args) => server.upsert(ctx, "branches", args),
});

/** Deletes a row of `branches`; devices that have it delete it too. */
export const removeBranch = build.remove({
  args: removeArgs,
  returns: opReply(branchFields),
  handler: (ctx, args) => server.remove(ctx, "branches", args),
});

/** A page of what changed in `branches` after the cursor, deletions included. */
export const getBranchChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(branchFields),
  handler: (ctx, args) => server.changesSince(ctx, "branches", args),
});

/** A page of all rows of `branches` that the signed-in user has. */
export const getAllBranchesForUser = build.page({
  args: pullArgs,
  returns: pullReply(branchFields),
  handler: (ctx, args) => server.all(ctx, "branches", args),
});

/** Creates a row of `companies`, or changes the fields that are given. */
export const upsertCompany = build.upsert({
  args: upsertArgs(companyFields),
  returns: opReply(companyFields),
  handler: (ctx, args) => server.upsert(ctx, "companies", args),
});

/** Deletes a row of `companies`; devices that have it delete it too. */
export const removeCompany = build.remove({
  args: removeArgs,
  returns: opReply(companyFields),
  handler: (ctx, args) => server.remove(ctx, "companies", args),
});

/** A page of what changed in `companies` after the cursor, deletions included. */
export const getCompanyChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(companyFields),
  handler: (ctx, args) => server.changesSince(ctx, "companies", args),
});

/** A page of all rows of `companies` that the signed-in user has. */
export const getAllCompaniesForUser = build.page({
  args: pullArgs,
  returns: pullReply(companyFields),
  handler: (ctx, args) => server.all(ctx, "companies", args),
});

/** Creates a row of `countries`, or changes the fields that are given. */
export const upsertCountry = build.upsert({
  args: upsertArgs(countryFields),
  returns: opReply(countryFields),
  handler: (ctx, args) => server.upsert(ctx, "countries", args),
});

/** Deletes a row of `countries`; devices that have it delete it too. */
export const removeCountry = build.remove({
  args: removeArgs,
  returns: opReply(countryFields),
  handler: (ctx, args) => server.remove(ctx, "countries", args),
});

/** A page of what changed in `countries` after the cursor, deletions included. */
export const getCountryChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(countryFields),
  handler: (ctx, args) => server.changesSince(ctx, "countries", args),
});

/** A page of all rows of `countries` that the signed-in user has. */
export const getAllCountriesForUser = build.page({
  args: pullArgs,
  returns: pullReply(countryFields),
  handler: (ctx, args) => server.all(ctx, "countries", args),
});

/** Creates a row of `deliveries`, or changes the fields that are given. */
export const upsertDelivery = build.upsert({
  args: upsertArgs(deliveryFields),
  returns: opReply(deliveryFields),
  handler: (ctx, args) => server.upsert(ctx, "deliveries", args),
});

/** Deletes a row of `deliveries`; devices that have it delete it too. */
export const removeDelivery = build.remove({
  args: removeArgs,
  returns: opReply(deliveryFields),
  handler: (ctx, args) => server.remove(ctx, "deliveries", args),
});

/** A page of what changed in `deliveries` after the cursor, deletions included. */
export const getDeliveryChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(deliveryFields),
  handler: (ctx, args) => server.changesSince(ctx, "deliveries", args),
});

/** A page of all rows of `deliveries` that the signed-in user has. */
export const getAllDeliveriesForUser = build.page({
  args: pullArgs,
  returns: pullReply(deliveryFields),
  handler: (ctx, args) => server.all(ctx, "deliveries", args),
});

/** Creates a row of `devices`, or changes the fields that are given. */
export const upsertDevice = build.upsert({
  args: upsertArgs(deviceFields),
  returns: opReply(deviceFields),
  handler: (ctx, args) => server.upsert(ctx, "devices", args),
});

/** Deletes a row of `devices`; devices that have it delete it too. */
export const removeDevice = build.remove({
  args: removeArgs,
  returns: opReply(deviceFields),
  handler: (ctx, args) => server.remove(ctx, "devices", args),
});

/** A page of what changed in `devices` after the cursor, deletions included. */
export const getDeviceChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(deviceFields),
  handler: (ctx, args) => server.changesSince(ctx, "devices", args),
});

/** A page of all rows of `devices` that the signed-in user has. */
export const getAllDevicesForUser = build.page({
  args: pullArgs,
  returns: pullReply(deviceFields),
  handler: (ctx, args) => server.all(ctx, "devices", args),
});

/** Creates a row of `documents`, or changes the fields that are given. */
export const upsertDocument = build.upsert({
  args: upsertArgs(documentFields),
  returns: opReply(documentFields),
  handler: (ctx, args) => server.upsert(ctx, "documents", args),
});

/** Deletes a row of `documents`; devices that have it delete it too. */
export const removeDocument = build.remove({
  args: removeArgs,
  returns: opReply(documentFields),
  handler: (ctx, args) => server.remove(ctx, "documents", args),
});

/** A page of what changed in `documents` after the cursor, deletions included. */
export const getDocumentChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(documentFields),
  handler: (ctx, args) => server.changesSince(ctx, "documents", args),
});

/** A page of all rows of `documents` that the signed-in user has. */
export const getAllDocumentsForUser = build.page({
  args: pullArgs,
  returns: pullReply(documentFields),
  handler: (ctx, args) => server.all(ctx, "documents", args),
});

/** Creates a row of `drivers`, or changes the fields that are given. */
export const upsertDriver = build.upsert({
  args: upsertArgs(driverFields),
  returns: opReply(driverFields),
  handler: (ctx, args) => server.upsert(ctx, "drivers", args),
});

/** Deletes a row of `drivers`; devices that have it delete it too. */
export const removeDriver = build.remove({
  args: removeArgs,
  returns: opReply(driverFields),
  handler: (ctx, args) => server.remove(ctx, "drivers", args),
});

/** A page of what changed in `drivers` after the cursor, deletions included. */
export const getDriverChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(driverFields),
  handler: (ctx, args) => server.changesSince(ctx, "drivers", args),
});

/** A page of all rows of `drivers` that the signed-in user has. */
export const getAllDriversForUser = build.page({
  args: pullArgs,
  returns: pullReply(driverFields),
  handler: (ctx, args) => server.all(ctx, "drivers", args),
});

/** Creates a row of `expenses`, or changes the fields that are given. */
export const upsertExpense = build.upsert({
  args: upsertArgs(expenseFields),
  returns: opReply(expenseFields),
  handler: (ctx, args) => server.upsert(ctx, "expenses", args),
});

/** Deletes a row of `expenses`; devices that have it delete it too. */
export const removeExpense = build.remove({
  args: removeArgs,
  returns: opReply(expenseFields),
  handler: (ctx, args) => server.remove(ctx, "expenses", args),
});

/** A page of what changed in `expenses` after the cursor, deletions included. */
export const getExpenseChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(expenseFields),
  handler: (ctx, args) => server.changesSince(ctx, "expenses", args),
});

/** A page of all rows of `expenses` that the signed-in user has. */
export const getAllExpensesForUser = build.page({
  args: pullArgs,
  returns: pullReply(expenseFields),
  handler: (ctx, args) => server.all(ctx, "expenses", args),
});

/** Creates a row of `holidays`, or changes the fields that are given. */
export const upsertHoliday = build.upsert({
  args: upsertArgs(holidayFields),
  returns: opReply(holidayFields),
  handler: (ctx, args) => server.upsert(ctx, "holidays", args),
});

/** Deletes a row of `holidays`; devices that have it delete it too. */
export const removeHoliday = build.remove({
  args: removeArgs,
  returns: opReply(holidayFields),
  handler: (ctx, args) => server.remove(ctx, "holidays", args),
});

/** A page of what changed in `holidays` after the cursor, deletions included. */
export const getHolidayChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(holidayFields),
  handler: (ctx, args) => server.changesSince(ctx, "holidays", args),
});

/** A page of all rows of `holidays` that the signed-in user has. */
export const getAllHolidaysForUser = build.page({
  args: pullArgs,
  returns: pullReply(holidayFields),
  handler: (ctx, args) => server.all(ctx, "holidays", args),
});

/** Creates a row of `inspections`, or changes the fields that are given. */
export const upsertInspection = build.upsert({
  args: upsertArgs(inspectionFields),
  returns: opReply(inspectionFields),
  handler: (ctx, args) => server.upsert(ctx, "inspections", args),
});

/** Deletes a row of `inspections`; devices that have it delete it too. */
export const removeInspection = build.remove({
  args: removeArgs,
  returns: opReply(inspectionFields),
  handler: (ctx, args) => server.remove(ctx, "inspections", args),
});

/** A page of what changed in `inspections` after the cursor, deletions included. */
export const getInspectionChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(inspectionFields),
  handler: (ctx, args) => server.changesSince(ctx, "inspections", args),
});

/** A page of all rows of `inspections` that the signed-in user has. */
export const getAllInspectionsForUser = build.page({
  args: pullArgs,
  returns: pullReply(inspectionFields),
  handler: (ctx, args) => server.all(ctx, "inspections", args),
});

/** Creates a row of `invoices`, or changes the fields that are given. */
export const upsertInvoice = build.upsert({
  args: upsertArgs(invoiceFields),
  returns: opReply(invoiceFields),
  handler: (ctx, args) => server.upsert(ctx, "invoices", args),
});

/** Deletes a row of `invoices`; devices that have it delete it too. */
export const removeInvoice = build.remove({
  args: removeArgs,
  returns: opReply(invoiceFields),
  handler: (ctx, args) => server.remove(ctx, "invoices", args),
});

/** A page of what changed in `invoices` after the cursor, deletions included. */
export const getInvoiceChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(invoiceFields),
  handler: (ctx, args) => server.changesSince(ctx, "invoices", args),
});

/** A page of all rows of `invoices` that the signed-in user has. */
export const getAllInvoicesForUser = build.page({
  args: pullArgs,
  returns: pullReply(invoiceFields),
  handler: (ctx, args) => server.all(ctx, "invoices", args),
});

/** Creates a row of `locations`, or changes the fields that are given. */
export const upsertLocation = build.upsert({
  args: upsertArgs(locationFields),
  returns: opReply(locationFields),
  handler: (ctx, args) => server.upsert(ctx, "locations", args),
});

/** Deletes a row of `locations`; devices that have it delete it too. */
export const removeLocation = build.remove({
  args: removeArgs,
  returns: opReply(locationFields),
  handler: (ctx, args) => server.remove(ctx, "locations", args),
});

/** A page of what changed in `locations` after the cursor, deletions included. */
export const getLocationChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(locationFields),
  handler: (ctx, args) => server.changesSince(ctx, "locations", args),
});

/** A page of all rows of `locations` that the signed-in user has. */
export const getAllLocationsForUser = build.page({
  args: pullArgs,
  returns: pullReply(locationFields),
  handler: (ctx, args) => server.all(ctx, "locations", args),
});

/** Creates a row of `machines`, or changes the fields that are given. */
export const upsertMachine = build.upsert({
  args: upsertArgs(machineFields),
  returns: opReply(machineFields),
  handler: (ctx, args) => server.upsert(ctx, "machines", args),
});

/** Deletes a row of `machines`; devices that have it delete it too. */
export const removeMachine = build.remove({
  args: removeArgs,
  returns: opReply(machineFields),
  handler: (ctx, args) => server.remove(ctx, "machines", args),
});

/** A page of what changed in `machines` after the cursor, deletions included. */
export const getMachineChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(machineFields),
  handler: (ctx, args) => server.changesSince(ctx, "machines", args),
});

/** A page of all rows of `machines` that the signed-in user has. */
export const getAllMachinesForUser = build.page({
  args: pullArgs,
  returns: pullReply(machineFields),
  handler: (ctx, args) => server.all(ctx, "machines", args),
});

/** Creates a row of `messages`, or changes the fields that are given. */
export const upsertMessage = build.upsert({
  args: upsertArgs(messageFields),
  returns: opReply(messageFields),
  handler: (ctx, args) => server.upsert(ctx, "messages", args),
});

/** Deletes a row of `messages`; devices that have it delete it too. */
export const removeMessage = build.remove({
  args: removeArgs,
  returns: opReply(messageFields),
  handler: (ctx, args) => server.remove(ctx, "messages", args),
});

/** A page of what changed in `messages` after the cursor, deletions included. */
export const getMessageChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(messageFields),
  handler: (ctx, args) => server.changesSince(ctx, "messages", args),
});

/** A page of all rows of `messages` that the signed-in user has. */
export const getAllMessagesForUser = build.page({
  args: pullArgs,
  returns: pullReply(messageFields),
  handler: (ctx, args) => server.all(ctx, "messages", args),
});

/** Creates a row of `parts`, or changes the fields that are given. */
export const upsertPart = build.upsert({
  args: upsertArgs(partFields),
  returns: opReply(partFields),
  handler: (ctx, args) => server.upsert(ctx, "parts", args),
});

/** Deletes a row of `parts`; devices that have it delete it too. */
export const removePart = build.remove({
  args: removeArgs,
  returns: opReply(partFields),
  handler: (ctx, args) => server.remove(ctx, "parts", args),
});

/** A page of what changed in `parts` after the cursor, deletions included. */
export const getPartChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(partFields),
  handler: (ctx, args) => server.changesSince(ctx, "parts", args),
});

/** A page of all rows of `parts` that the signed-in user has. */
export const getAllPartsForUser = build.page({
  args: pullArgs,
  returns: pullReply(partFields),
  handler: (ctx, args) => server.all(ctx, "parts", args),
});

/** Creates a row of `projects`, or changes the fields that are given. */
export const upsertProject = build.upsert({
  args: upsertArgs(projectFields),
  returns: opReply(projectFields),
  handler: (ctx, args) => server.upsert(ctx, "projects", args),
});

/** Deletes a row of `projects`; devices that have it delete it too. */
export const removeProject = build.remove({
  args: removeArgs,
  returns: opReply(projectFields),
  handler: (ctx, args) => server.remove(ctx, "projects", args),
});

/** A page of what changed in `projects` after the cursor, deletions included. */
export const getProjectChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(projectFields),
  handler: (ctx, args) => server.changesSince(ctx, "projects", args),
});

/** A page of all rows of `projects` that the signed-in user has. */
export const getAllProjectsForUser = build.page({
  args: pullArgs,
  returns: pullReply(projectFields),
  handler: (ctx, args) => server.all(ctx, "projects", args),
});

/** Creates a row of `reports`, or changes the fields that are given. */
export const upsertReport = build.upsert({
  args: upsertArgs(reportFields),
  returns: opReply(reportFields),
  handler: (ctx, args) => server.upsert(ctx, "reports", args),
});

/** Deletes a row of `reports`; devices that have it delete it too. */
export const removeReport = build.remove({
  args: removeArgs,
  returns: opReply(reportFields),
  handler: (ctx, args) => server.remove(ctx, "reports", args),
});

/** A page of what changed in `reports` after the cursor, deletions included. */
export const getReportChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(reportFields),
  handler: (ctx, args) => server.changesSince(ctx, "reports", args),
});

/** A page of all rows of `reports` that the signed-in user has. */
export const getAllReportsForUser = build.page({
  args: pullArgs,
  returns: pullReply(reportFields),
  handler: (ctx, args) => server.all(ctx, "reports", args),
});

/** Creates a row of `routes`, or changes the fields that are given. */
export const upsertRoute = build.upsert({
  args: upsertArgs(routeFields),
  returns: opReply(routeFields),
  handler: (ctx, args) => server.upsert(ctx, "routes", args),
});

/** Deletes a row of `routes`; devices that have it delete it too. */
export const removeRoute = build.remove({
  args: removeArgs,
  returns: opReply(routeFields),
  handler: (ctx, args) => server.remove(ctx, "routes", args),
});

/** A page of what changed in `routes` after the cursor, deletions included. */
export const getRouteChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(routeFields),
  handler: (ctx, args) => server.changesSince(ctx, "routes", args),
});

/** A page of all rows of `routes` that the signed-in user has. */
export const getAllRoutesForUser = build.page({
  args: pullArgs,
  returns: pullReply(routeFields),
  handler: (ctx, args) => server.all(ctx, "routes", args),
});

/** Creates a row of `shifts`, or changes the fields that are given. */
export const upsertShift = build.upsert({
  args: upsertArgs(shiftFields),
  returns: opReply(shiftFields),
  handler: (ctx, args) => server.upsert(ctx, "shifts", args),
});

/** Deletes a row of `shifts`; devices that have it delete it too. */
export const removeShift = build.remove({
  args: removeArgs,
  returns: opReply(shiftFields),
  handler: (ctx, args) => server.remove(ctx, "shifts", args),
});

/** A page of what changed in `shifts` after the cursor, deletions included. */
export const getShiftChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(shiftFields),
  handler: (ctx, args) => server.changesSince(ctx, "shifts", args),
});

/** A page of all rows of `shifts` that the signed-in user has. */
export const getAllShiftsForUser = build.page({
  args: pullArgs,
  returns: pullReply(shiftFields),
  handler: (ctx, args) => server.all(ctx, "shifts", args),
});

/** Creates a row of `tasks`, or changes the fields that are given. */
export const upsertTask = build.upsert({
  args: upsertArgs(taskFields),
  returns: opReply(taskFields),
  handler: (ctx, args) => server.upsert(ctx, "tasks", args),
});

/** Deletes a row of `tasks`; devices that have it delete it too. */
export const removeTask = build.remove({
  args: removeArgs,
  returns: opReply(taskFields),
  handler: (ctx, args) => server.remove(ctx, "tasks", args),
});

/** A page of what changed in `tasks` after the cursor, deletions included. */
export const getTaskChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(taskFields),
  handler: (ctx, args) => server.changesSince(ctx, "tasks", args),
});

/** A page of all rows of `tasks` that the signed-in user has. */
export const getAllTasksForUser = build.page({
  args: pullArgs,
  returns: pullReply(taskFields),
  handler: (ctx, args) => server.all(ctx, "tasks", args),
});

/** Creates a row of `vehicles`, or changes the fields that are given. */
export const upsertVehicle = build.upsert({
  args: upsertArgs(vehicleFields),
  returns: opReply(vehicleFields),
  handler: (ctx, args) => server.upsert(ctx, "vehicles", args),
});

/** Deletes a row of `vehicles`; devices that have it delete it too. */
export const removeVehicle = build.remove({
  args: removeArgs,
  returns: opReply(vehicleFields),
  handler: (ctx, args) => server.remove(ctx, "vehicles", args),
});

/** A page of what changed in `vehicles` after the cursor, deletions included. */
export const getVehicleChangesSince = build.page({
  args: pullArgs,
  returns: pullReply(vehicleFields),
  handler: (ctx, args) => server.changesSince(ctx, "vehicles", args),
});

/** A page of all rows of `vehicles` that the signed-in user has. */
export const getAllVehiclesForUser = build.page({
  args: pullArgs,
  returns: pullReply(vehicleFields),
  handler: (ctx, args) => server.all(ctx, "vehicles", args),
});

/** Removes marks of deleted rows, and receipts of pushes, that are older than devices may stay away. */
export const collectGarbage = internalMutation({
  args: collectArgs,
  returns: v.null(),
  handler: server.collectGarbage,
});

/** Run once after a backup was imported: every device fetches everything again. */
export const startEpoch = internalMutation({
  args: {},
  returns: v.string(),
  handler: server.startEpoch,
});

/**
 * Deletes everything that the sync holds of a user: their rows, and what it knows of their devices. For when an account
 * is deleted, once `getSyncUser` answers `null` for it.
 */
export const forgetUser = internalMutation({
  args: forgetUserArgs,
  returns: v.null(),
  handler: server.forgetUser,
});
