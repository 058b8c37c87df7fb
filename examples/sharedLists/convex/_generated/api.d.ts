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
import type * as households from "../households.js";
import type * as sync from "../sync.js";
import type * as syncEngine_access from "../syncEngine/access.js";
import type * as syncEngine_applyOps from "../syncEngine/applyOps.js";
import type * as syncEngine_believedTimes from "../syncEngine/believedTimes.js";
import type * as syncEngine_changeRow from "../syncEngine/changeRow.js";
import type * as syncEngine_checkOp from "../syncEngine/checkOp.js";
import type * as syncEngine_collect from "../syncEngine/collect.js";
import type * as syncEngine_config from "../syncEngine/config.js";
import type * as syncEngine_content from "../syncEngine/content.js";
import type * as syncEngine_context from "../syncEngine/context.js";
import type * as syncEngine_decideBatch from "../syncEngine/decideBatch.js";
import type * as syncEngine_devices from "../syncEngine/devices.js";
import type * as syncEngine_direct from "../syncEngine/direct.js";
import type * as syncEngine_documents from "../syncEngine/documents.js";
import type * as syncEngine_dropUndefined from "../syncEngine/dropUndefined.js";
import type * as syncEngine_earlierApps from "../syncEngine/earlierApps.js";
import type * as syncEngine_epoch from "../syncEngine/epoch.js";
import type * as syncEngine_feed from "../syncEngine/feed.js";
import type * as syncEngine_forget from "../syncEngine/forget.js";
import type * as syncEngine_forgetScope from "../syncEngine/forgetScope.js";
import type * as syncEngine_functions from "../syncEngine/functions.js";
import type * as syncEngine_head from "../syncEngine/head.js";
import type * as syncEngine_history from "../syncEngine/history.js";
import type * as syncEngine_horizon from "../syncEngine/horizon.js";
import type * as syncEngine_loadRows from "../syncEngine/loadRows.js";
import type * as syncEngine_members from "../syncEngine/members.js";
import type * as syncEngine_oneOf from "../syncEngine/oneOf.js";
import type * as syncEngine_page from "../syncEngine/page.js";
import type * as syncEngine_placedRow from "../syncEngine/placedRow.js";
import type * as syncEngine_positions from "../syncEngine/positions.js";
import type * as syncEngine_pull from "../syncEngine/pull.js";
import type * as syncEngine_push from "../syncEngine/push.js";
import type * as syncEngine_readers from "../syncEngine/readers.js";
import type * as syncEngine_receipts from "../syncEngine/receipts.js";
import type * as syncEngine_refusal from "../syncEngine/refusal.js";
import type * as syncEngine_removal from "../syncEngine/removal.js";
import type * as syncEngine_removeRow from "../syncEngine/removeRow.js";
import type * as syncEngine_requiredValidator from "../syncEngine/requiredValidator.js";
import type * as syncEngine_rowKey from "../syncEngine/rowKey.js";
import type * as syncEngine_rules from "../syncEngine/rules.js";
import type * as syncEngine_scopes from "../syncEngine/scopes.js";
import type * as syncEngine_sentRow from "../syncEngine/sentRow.js";
import type * as syncEngine_server from "../syncEngine/server.js";
import type * as syncEngine_shared_budget from "../syncEngine/shared/budget.js";
import type * as syncEngine_shared_clock from "../syncEngine/shared/clock.js";
import type * as syncEngine_shared_codec from "../syncEngine/shared/codec.js";
import type * as syncEngine_shared_combining from "../syncEngine/shared/combining.js";
import type * as syncEngine_shared_decision from "../syncEngine/shared/decision.js";
import type * as syncEngine_shared_epoch from "../syncEngine/shared/epoch.js";
import type * as syncEngine_shared_ids from "../syncEngine/shared/ids.js";
import type * as syncEngine_shared_merge from "../syncEngine/shared/merge.js";
import type * as syncEngine_shared_naturalId from "../syncEngine/shared/naturalId.js";
import type * as syncEngine_shared_policies_fieldMerge from "../syncEngine/shared/policies/fieldMerge.js";
import type * as syncEngine_shared_policies_lastWriteWins from "../syncEngine/shared/policies/lastWriteWins.js";
import type * as syncEngine_shared_policy from "../syncEngine/shared/policy.js";
import type * as syncEngine_shared_protocol from "../syncEngine/shared/protocol.js";
import type * as syncEngine_shared_scopeId from "../syncEngine/shared/scopeId.js";
import type * as syncEngine_shared_settle from "../syncEngine/shared/settle.js";
import type * as syncEngine_shared_sha1 from "../syncEngine/shared/sha1.js";
import type * as syncEngine_shared_stamp from "../syncEngine/shared/stamp.js";
import type * as syncEngine_shared_upgrade from "../syncEngine/shared/upgrade.js";
import type * as syncEngine_standIn from "../syncEngine/standIn.js";
import type * as syncEngine_tables from "../syncEngine/tables.js";
import type * as syncEngine_user from "../syncEngine/user.js";
import type * as syncEngine_validators from "../syncEngine/validators.js";
import type * as syncEngine_withoutUnknown from "../syncEngine/withoutUnknown.js";
import type * as syncEngine_writeRows from "../syncEngine/writeRows.js";
import type * as syncEngine_writerValues from "../syncEngine/writerValues.js";
import type * as syncEngine_writers from "../syncEngine/writers.js";
import type * as syncScopes from "../syncScopes.js";
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
  households: typeof households;
  sync: typeof sync;
  "syncEngine/access": typeof syncEngine_access;
  "syncEngine/applyOps": typeof syncEngine_applyOps;
  "syncEngine/believedTimes": typeof syncEngine_believedTimes;
  "syncEngine/changeRow": typeof syncEngine_changeRow;
  "syncEngine/checkOp": typeof syncEngine_checkOp;
  "syncEngine/collect": typeof syncEngine_collect;
  "syncEngine/config": typeof syncEngine_config;
  "syncEngine/content": typeof syncEngine_content;
  "syncEngine/context": typeof syncEngine_context;
  "syncEngine/decideBatch": typeof syncEngine_decideBatch;
  "syncEngine/devices": typeof syncEngine_devices;
  "syncEngine/direct": typeof syncEngine_direct;
  "syncEngine/documents": typeof syncEngine_documents;
  "syncEngine/dropUndefined": typeof syncEngine_dropUndefined;
  "syncEngine/earlierApps": typeof syncEngine_earlierApps;
  "syncEngine/epoch": typeof syncEngine_epoch;
  "syncEngine/feed": typeof syncEngine_feed;
  "syncEngine/forget": typeof syncEngine_forget;
  "syncEngine/forgetScope": typeof syncEngine_forgetScope;
  "syncEngine/functions": typeof syncEngine_functions;
  "syncEngine/head": typeof syncEngine_head;
  "syncEngine/history": typeof syncEngine_history;
  "syncEngine/horizon": typeof syncEngine_horizon;
  "syncEngine/loadRows": typeof syncEngine_loadRows;
  "syncEngine/members": typeof syncEngine_members;
  "syncEngine/oneOf": typeof syncEngine_oneOf;
  "syncEngine/page": typeof syncEngine_page;
  "syncEngine/placedRow": typeof syncEngine_placedRow;
  "syncEngine/positions": typeof syncEngine_positions;
  "syncEngine/pull": typeof syncEngine_pull;
  "syncEngine/push": typeof syncEngine_push;
  "syncEngine/readers": typeof syncEngine_readers;
  "syncEngine/receipts": typeof syncEngine_receipts;
  "syncEngine/refusal": typeof syncEngine_refusal;
  "syncEngine/removal": typeof syncEngine_removal;
  "syncEngine/removeRow": typeof syncEngine_removeRow;
  "syncEngine/requiredValidator": typeof syncEngine_requiredValidator;
  "syncEngine/rowKey": typeof syncEngine_rowKey;
  "syncEngine/rules": typeof syncEngine_rules;
  "syncEngine/scopes": typeof syncEngine_scopes;
  "syncEngine/sentRow": typeof syncEngine_sentRow;
  "syncEngine/server": typeof syncEngine_server;
  "syncEngine/shared/budget": typeof syncEngine_shared_budget;
  "syncEngine/shared/clock": typeof syncEngine_shared_clock;
  "syncEngine/shared/codec": typeof syncEngine_shared_codec;
  "syncEngine/shared/combining": typeof syncEngine_shared_combining;
  "syncEngine/shared/decision": typeof syncEngine_shared_decision;
  "syncEngine/shared/epoch": typeof syncEngine_shared_epoch;
  "syncEngine/shared/ids": typeof syncEngine_shared_ids;
  "syncEngine/shared/merge": typeof syncEngine_shared_merge;
  "syncEngine/shared/naturalId": typeof syncEngine_shared_naturalId;
  "syncEngine/shared/policies/fieldMerge": typeof syncEngine_shared_policies_fieldMerge;
  "syncEngine/shared/policies/lastWriteWins": typeof syncEngine_shared_policies_lastWriteWins;
  "syncEngine/shared/policy": typeof syncEngine_shared_policy;
  "syncEngine/shared/protocol": typeof syncEngine_shared_protocol;
  "syncEngine/shared/scopeId": typeof syncEngine_shared_scopeId;
  "syncEngine/shared/settle": typeof syncEngine_shared_settle;
  "syncEngine/shared/sha1": typeof syncEngine_shared_sha1;
  "syncEngine/shared/stamp": typeof syncEngine_shared_stamp;
  "syncEngine/shared/upgrade": typeof syncEngine_shared_upgrade;
  "syncEngine/standIn": typeof syncEngine_standIn;
  "syncEngine/tables": typeof syncEngine_tables;
  "syncEngine/user": typeof syncEngine_user;
  "syncEngine/validators": typeof syncEngine_validators;
  "syncEngine/withoutUnknown": typeof syncEngine_withoutUnknown;
  "syncEngine/writeRows": typeof syncEngine_writeRows;
  "syncEngine/writerValues": typeof syncEngine_writerValues;
  "syncEngine/writers": typeof syncEngine_writers;
  syncScopes: typeof syncScopes;
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
