// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { RejectionCode } from "../sync/shared/protocol";
import type { OpView, SyncErrorCode } from "../sync/types";

/** Everything that the sync components say. Replace any of it with `SyncThemeProvider` or a component's `texts`. */
export interface SyncTexts {
  // What the status icon is called.
  readonly synced: string;
  readonly syncing: string;
  readonly initialSync: string;
  readonly pending: (count: number) => string;
  readonly offline: (pendingCount: number) => string;
  readonly retrying: string;
  /** Why syncing does not go on, by the error's code. */
  readonly problems: Readonly<Record<SyncErrorCode, string>>;
  readonly signedOut: string;
  readonly elsewhere: string;
  readonly stopped: string;
  readonly attention: (count: number) => string;
  // The first download.
  readonly initialSyncTitle: string;
  readonly initialSyncProgress: (done: number, total: number) => string;
  readonly initialSyncRows: (rows: number) => string;
  readonly initialSyncOffline: string;
  readonly initialSyncFailed: string;
  readonly initialSyncSignedOut: string;
  // Failed edits.
  readonly failedTitle: (count: number) => string;
  readonly failedEdit: (issue: OpView) => string;
  /** Why an edit was not taken, by the rejection's code. */
  readonly reasons: Readonly<Record<RejectionCode, string>>;
  readonly reason: (issue: OpView, reasons: SyncTexts["reasons"]) => string;
  readonly more: (count: number) => string;
  readonly supersededTitle: (count: number) => string;
  readonly supersededEdit: (issue: OpView) => string;
  /** Where one of several stands, for whoever cannot see it. */
  readonly supersededPosition: (position: number, count: number) => string;
  readonly conflictsWaiting: (count: number) => string;
  readonly showConflicts: string;
  readonly retry: string;
  readonly retryAll: string;
  readonly discard: string;
  readonly confirmDiscard: string;
  readonly cancel: string;
  readonly dismiss: string;
  readonly dismissAll: string;
  readonly actionFailed: string;
  // Conflicts.
  readonly conflictTitle: (table: string) => string;
  readonly conflictPosition: (position: number, count: number) => string;
  readonly mine: string;
  readonly theirs: string;
  readonly both: string;
  readonly keepAllMine: string;
  readonly takeAllTheirs: string;
  readonly undo: string;
  readonly apply: string;
  readonly close: string;
  readonly noConflicts: string;
  readonly conflictsLoading: string;
  readonly conflictsFailed: string;
  readonly deletedByMe: string;
  readonly deletedByThem: string;
  readonly fieldName: (table: string, field: string) => string;
  readonly emptyValue: string;
  readonly yes: string;
  readonly no: string;
  readonly time: (milliseconds: number) => string;
  // The database.
  readonly databaseFailed: string;
  readonly databaseOfOtherBuild: (unsentCount: number) => string;
  readonly databaseWaiting: string;
  readonly databaseConnecting: string;
  readonly databaseServerFailed: string;
}

/** `1 change`, `2 changes`. */
function count(amount: number, noun: string): string {
  return `${String(amount)} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `dueAt` as `due at`. */
function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** For whoever made the edit; the issue's `message` is for developers. */
const reasons: SyncTexts["reasons"] = {
  invalid: "One of its values cannot be saved.",
  "unknown-table": "This part of the app is not there any more.",
  "unknown-field": "What was changed is not there any more.",
  "operation-not-allowed": "You cannot do this here.",
  "not-found": "What it changes is not there any more.",
  "no-access": "You cannot make changes there, or not any more.",
  "already-deleted": "What it changes was deleted.",
  "missing-reference": "Something that it belongs to is not there any more.",
  "too-large": "It is too large to be saved.",
  "schema-too-old": "It was made with a version of the app that is too old.",
  "duplicate-op":
    "A copy of this device sent it first, without the last changes.",
  group: "It belongs to other changes that could not be saved.",
  "append-only": "What was added here cannot be changed.",
  "rate-limited": "There were too many changes at once.",
  "other-deployment":
    "It was made while the app was connected to another server.",
  failed: "The server could not save it.",
};

const verbs = {
  create: "A new entry in",
  update: "A change in",
  delete: "A deletion in",
} as const;

/** The texts without translations. */
export const englishTexts: SyncTexts = {
  synced: "Everything is saved",
  syncing: "Syncing",
  initialSync: "Downloading your data",
  pending: (amount) => `${count(amount, "change")} waiting to be sent`,
  offline: (amount) =>
    amount === 0
      ? "Offline"
      : `Offline, ${count(amount, "change")} waiting to be sent`,
  retrying: "The server cannot be reached; trying again soon",
  problems: {
    network: "The server cannot be reached; trying again soon",
    unauthenticated: "Sign in to sync",
    server: "The server has a problem; trying again soon",
    refused: "The server is not ready for this app yet; trying again soon",
    "rate-limited": "Many changes at once; the rest is sent in a moment",
    "upgrade-required":
      "Update the app to go on syncing. Your changes stay on this device until then.",
    "wrong-user": "Somebody else is signed in; sign in again to sync",
    storage: "This device cannot save at the moment; check its free space",
    "invalid-value": "One of the values cannot be saved",
    "not-allowed": "This cannot be changed here",
    "not-found": "This is not there any more",
    "no-access": "You can only look at this",
    outdated: "This has changed meanwhile",
  },
  signedOut: "Sign in to sync",
  elsewhere: "Syncing in another window",
  stopped: "Not syncing",
  attention: (amount) =>
    `${count(amount, "change")} ${amount === 1 ? "needs" : "need"} your attention`,

  initialSyncTitle: "Getting your data",
  initialSyncProgress: (done, total) =>
    `${String(done)} of ${String(total)} parts`,
  initialSyncRows: (rows) =>
    rows === 1 ? "1 entry so far" : `${String(rows)} entries so far`,
  initialSyncOffline:
    "You are offline. The download continues once you have a connection.",
  initialSyncFailed:
    "The download did not work. What has arrived so far is kept.",
  initialSyncSignedOut: "Sign in to get your data.",

  failedTitle: (amount) => `${count(amount, "change")} could not be saved`,
  failedEdit: (issue) => `${verbs[issue.kind]} ${words(issue.table)}`,
  reasons,
  // A server that is newer than the app may have reasons that the app has never heard of.
  reason: ({ code }, known) =>
    known[code !== null && code in known ? code : "failed"],
  more: (amount) => `and ${String(amount)} more`,
  supersededTitle: (amount) =>
    amount === 1
      ? "1 change was replaced by a newer one"
      : `${count(amount, "change")} were replaced by newer ones`,
  supersededEdit: (issue) =>
    `${verbs[issue.kind]} ${words(issue.table)} was replaced by a newer one.`,
  supersededPosition: (position, total) =>
    `${String(position)} of ${String(total)}`,
  conflictsWaiting: (amount) => `${count(amount, "change")} made in two places`,
  showConflicts: "Compare",
  retry: "Try again",
  retryAll: "Try all again",
  discard: "Discard",
  confirmDiscard: "Discard for good",
  cancel: "Cancel",
  dismiss: "OK",
  dismissAll: "OK for all",
  actionFailed: "That did not work. Please try again.",

  conflictTitle: (table) => `Changed in two places: ${words(table)}`,
  conflictPosition: (position, total) =>
    `${String(position)} of ${String(total)}`,
  mine: "Mine",
  theirs: "Theirs",
  both: "Both",
  keepAllMine: "Keep all mine",
  takeAllTheirs: "Take all theirs",
  undo: "Undo",
  apply: "Apply",
  close: "Close",
  noConflicts: "Nothing to decide.",
  conflictsLoading: "Looking for changes made in two places.",
  conflictsFailed: "Changes made in two places cannot be read at the moment.",
  deletedByMe: "You deleted it.",
  deletedByThem: "It was deleted elsewhere.",
  fieldName: (_, field) => capitalised(words(field)),
  emptyValue: "empty",
  yes: "yes",
  no: "no",
  time: (milliseconds) => new Date(milliseconds).toLocaleString(),

  databaseFailed: "Your data on this device cannot be opened.",
  databaseOfOtherBuild: (unsentCount) =>
    unsentCount === 0
      ? "The data on this device is from another version of the app. Install that version again, or remove the app and start anew."
      : `The data on this device is from another version of the app, with ${count(unsentCount, "change")} not sent yet. Nothing is lost: install that version again to go on.`,
  databaseWaiting:
    "The app is open in another tab. Close it there to go on here.",
  databaseConnecting:
    "Connecting. The first start on a device needs a connection.",
  databaseServerFailed:
    "The server has a problem. The first start on a device needs its answer.",
};
