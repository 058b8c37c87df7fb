// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import type { PullReply } from "./shared/protocol";

/** A page as the server sends it. */
export type Page = Extract<PullReply, { status: "ok" }>;

/** Rows of a page that are committed together. */
export interface PagePart {
  /** The page with these rows alone. */
  readonly page: Page;
  /** How many rows the whole page has. */
  readonly pageRows: number;
  readonly isFirst: boolean;
  /** The page's cursor becomes durable with it. */
  readonly isLast: boolean;
}

/** The next part of `page`: rows from position `from` on, at most `most`. A page without rows is one part. */
export function partOf(page: Page, from: number, most: number): PagePart {
  const rows = page.rows.slice(from, from + most);
  const pageRows = page.rows.length;
  const isLast = from + rows.length >= pageRows;
  return { page: { ...page, rows }, pageRows, isFirst: from === 0, isLast };
}
