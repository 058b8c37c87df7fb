// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Do not edit, it is overwritten: edit sync.config.ts instead.

import type { OpView } from "../sync/types";

/** Everything that the sync components say. Replace any of it with `SyncThemeProvider` or a component's `texts`. */
export interface SyncTexts {
  // What the status icon is called.
  readonly synced: string;
  readonly syncing: string;
  readonly initialSync: string;
  readonly pending: (count: number) => string;
  readonly offline: (pendingCount: number) => string;
  readonly retrying: string;
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
  readonly reason: (issue: OpView) => string;
  readonly more: (count: number) => string;
  readonly supersededEdit: (issue: OpView) => string;
  readonly conflictsWaiting: (count: number) => string;
  readonly showConflicts: string;
  readonly retry: string;
  readonly retryAll: string;
  readonly discard: string;
  readonly confirmDiscard: string;
  readonly cancel: string;
  readonly dismiss: string;
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
  readonly deletedByMe: string;
  readonly deletedByThem: string;
  readonly fieldName: (table: string, field: string) => string;
  readonly emptyValue: string;
  readonly yes: string;
  readonly no: string;
  readonly time: (milliseconds: number) => string;
  // The database.
  readonly databaseFailed: string;
  readonly databaseWaiting: string;
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

const verbs = {
  create: "A new entry in",
  update: "A change in",
  delete: "A deletion in",
} as const;

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
  reason: (issue) => issue.message ?? "The server refused it.",
  more: (amount) => `and ${String(amount)} more`,
  supersededEdit: (issue) =>
    `${verbs[issue.kind]} ${words(issue.table)} was replaced by a newer one.`,
  conflictsWaiting: (amount) => `${count(amount, "change")} made in two places`,
  showConflicts: "Compare",
  retry: "Try again",
  retryAll: "Try all again",
  discard: "Discard",
  confirmDiscard: "Discard for good",
  cancel: "Cancel",
  dismiss: "OK",
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
  deletedByMe: "You deleted it.",
  deletedByThem: "It was deleted elsewhere.",
  fieldName: (_, field) => capitalised(words(field)),
  emptyValue: "empty",
  yes: "yes",
  no: "no",
  time: (milliseconds) => new Date(milliseconds).toLocaleString(),

  databaseFailed: "Your data on this device cannot be opened.",
  databaseWaiting:
    "The app is open in another tab. Close it there to go on here.",
};
