// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect, useRef } from "react";
import { AccessibilityInfo, Platform } from "react-native";

type Text = string | null;

/**
 * Says each of `texts` to a screen reader when it changes; they are as many in every render. iOS has no live regions;
 * elsewhere `aria-live` says it. What changes together is said in one go: a second announcement cuts off the first.
 */
export function useAnnouncement(...texts: readonly Text[]): void {
  const said = useRef<readonly Text[]>([]);
  useEffect(() => {
    const fresh = texts.filter(
      (text, position) => text !== null && text !== said.current[position],
    );
    said.current = texts;
    if (fresh.length > 0 && Platform.OS === "ios")
      AccessibilityInfo.announceForAccessibility(fresh.join("\n"));
  });
}

/** What was said last of each. */
const said = new WeakMap<object, string>();

/**
 * Says `text` to a screen reader of a phone when it is another one than was said last; `null` says nothing. For what
 * changes too often to be a live region.
 *
 * @param about what the text is about: of several components that say the same of it, one is heard
 * @param usual is not worth saying before anything else was said
 */
export function useNotice(about: object, text: Text, usual: string): void {
  useEffect(() => {
    if (text === null || text === (said.get(about) ?? usual)) return;
    said.set(about, text);
    if (Platform.OS !== "web") AccessibilityInfo.announceForAccessibility(text);
  }, [about, text, usual]);
}
