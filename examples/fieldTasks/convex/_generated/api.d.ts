/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import type * as crons from "../crons.js";
import type * as office from "../office.js";
import type * as sync from "../sync.js";
import type * as syncEngine_applyOps from "../syncEngine/applyOps.js";
import type * as syncEngine_changeRow from "../syncEngine/changeRow.js";
import type * as syncEngine_checkOp from "../syncEngine/checkOp.js";
import type * as syncEngine_collect from "../syncEngine/collect.js";
import type * as syncEngine_config from "../syncEngine/config.js";
import type * as syncEngine_context from "../syncEngine/context.js";
import type * as syncEngine_decideBatch from "../syncEngine/decideBatch.js";
import type * as syncEngine_devices from "../syncEngine/devices.js";
import type * as syncEngine_direct from "../syncEngine/direct.js";
import type * as syncEngine_documents from "../syncEngine/documents.js";
import type * as syncEngine_dropUndefined from "../syncEngine/dropUndefined.js";
import type * as syncEngine_epoch from "../syncEngine/epoch.js";
import type * as syncEngine_head from "../syncEngine/head.js";
import type * as syncEngine_history from "../syncEngine/history.js";
import type * as syncEngine_horizon from "../syncEngine/horizon.js";
import type * as syncEngine_loadRows from "../syncEngine/loadRows.js";
import type * as syncEngine_page from "../syncEngine/page.js";
import type * as syncEngine_positions from "../syncEngine/positions.js";
import type * as syncEngine_pull from "../syncEngine/pull.js";
import type * as syncEngine_push from "../syncEngine/push.js";
import type * as syncEngine_receipts from "../syncEngine/receipts.js";
import type * as syncEngine_refusal from "../syncEngine/refusal.js";
import type * as syncEngine_removeRow from "../syncEngine/removeRow.js";
import type * as syncEngine_requiredValidator from "../syncEngine/requiredValidator.js";
import type * as syncEngine_rowKey from "../syncEngine/rowKey.js";
import type * as syncEngine_rules from "../syncEngine/rules.js";
import type * as syncEngine_server from "../syncEngine/server.js";
import type * as syncEngine_shared_clock from "../syncEngine/shared/clock.js";
import type * as syncEngine_shared_codec from "../syncEngine/shared/codec.js";
import type * as syncEngine_shared_combine from "../syncEngine/shared/combine.js";
import type * as syncEngine_shared_decision from "../syncEngine/shared/decision.js";
import type * as syncEngine_shared_hash from "../syncEngine/shared/hash.js";
import type * as syncEngine_shared_ids from "../syncEngine/shared/ids.js";
import type * as syncEngine_shared_merge from "../syncEngine/shared/merge.js";
import type * as syncEngine_shared_policies_manual from "../syncEngine/shared/policies/manual.js";
import type * as syncEngine_shared_policies_mobileWins from "../syncEngine/shared/policies/mobileWins.js";
import type * as syncEngine_shared_policies_serverWins from "../syncEngine/shared/policies/serverWins.js";
import type * as syncEngine_shared_policy from "../syncEngine/shared/policy.js";
import type * as syncEngine_shared_protocol from "../syncEngine/shared/protocol.js";
import type * as syncEngine_shared_settle from "../syncEngine/shared/settle.js";
import type * as syncEngine_shared_stamp from "../syncEngine/shared/stamp.js";
import type * as syncEngine_shared_upgrade from "../syncEngine/shared/upgrade.js";
import type * as syncEngine_tables from "../syncEngine/tables.js";
import type * as syncEngine_user from "../syncEngine/user.js";
import type * as syncEngine_validators from "../syncEngine/validators.js";
import type * as syncEngine_writeRows from "../syncEngine/writeRows.js";
import type * as syncEngine_writers from "../syncEngine/writers.js";
import type * as syncTables from "../syncTables.js";
import type * as syncUser from "../syncUser.js";
import type * as syncWriters from "../syncWriters.js";

/**
 * A utility for referencing Convex functions in your app's API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
declare const fullApi: ApiFromModules<{
  crons: typeof crons;
  office: typeof office;
  sync: typeof sync;
  "syncEngine/applyOps": typeof syncEngine_applyOps;
  "syncEngine/changeRow": typeof syncEngine_changeRow;
  "syncEngine/checkOp": typeof syncEngine_checkOp;
  "syncEngine/collect": typeof syncEngine_collect;
  "syncEngine/config": typeof syncEngine_config;
  "syncEngine/context": typeof syncEngine_context;
  "syncEngine/decideBatch": typeof syncEngine_decideBatch;
  "syncEngine/devices": typeof syncEngine_devices;
  "syncEngine/direct": typeof syncEngine_direct;
  "syncEngine/documents": typeof syncEngine_documents;
  "syncEngine/dropUndefined": typeof syncEngine_dropUndefined;
  "syncEngine/epoch": typeof syncEngine_epoch;
  "syncEngine/head": typeof syncEngine_head;
  "syncEngine/history": typeof syncEngine_history;
  "syncEngine/horizon": typeof syncEngine_horizon;
  "syncEngine/loadRows": typeof syncEngine_loadRows;
  "syncEngine/page": typeof syncEngine_page;
  "syncEngine/positions": typeof syncEngine_positions;
  "syncEngine/pull": typeof syncEngine_pull;
  "syncEngine/push": typeof syncEngine_push;
  "syncEngine/receipts": typeof syncEngine_receipts;
  "syncEngine/refusal": typeof syncEngine_refusal;
  "syncEngine/removeRow": typeof syncEngine_removeRow;
  "syncEngine/requiredValidator": typeof syncEngine_requiredValidator;
  "syncEngine/rowKey": typeof syncEngine_rowKey;
  "syncEngine/rules": typeof syncEngine_rules;
  "syncEngine/server": typeof syncEngine_server;
  "syncEngine/shared/clock": typeof syncEngine_shared_clock;
  "syncEngine/shared/codec": typeof syncEngine_shared_codec;
  "syncEngine/shared/combine": typeof syncEngine_shared_combine;
  "syncEngine/shared/decision": typeof syncEngine_shared_decision;
  "syncEngine/shared/hash": typeof syncEngine_shared_hash;
  "syncEngine/shared/ids": typeof syncEngine_shared_ids;
  "syncEngine/shared/merge": typeof syncEngine_shared_merge;
  "syncEngine/shared/policies/manual": typeof syncEngine_shared_policies_manual;
  "syncEngine/shared/policies/mobileWins": typeof syncEngine_shared_policies_mobileWins;
  "syncEngine/shared/policies/serverWins": typeof syncEngine_shared_policies_serverWins;
  "syncEngine/shared/policy": typeof syncEngine_shared_policy;
  "syncEngine/shared/protocol": typeof syncEngine_shared_protocol;
  "syncEngine/shared/settle": typeof syncEngine_shared_settle;
  "syncEngine/shared/stamp": typeof syncEngine_shared_stamp;
  "syncEngine/shared/upgrade": typeof syncEngine_shared_upgrade;
  "syncEngine/tables": typeof syncEngine_tables;
  "syncEngine/user": typeof syncEngine_user;
  "syncEngine/validators": typeof syncEngine_validators;
  "syncEngine/writeRows": typeof syncEngine_writeRows;
  "syncEngine/writers": typeof syncEngine_writers;
  syncTables: typeof syncTables;
  syncUser: typeof syncUser;
  syncWriters: typeof syncWriters;
}>;
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;
