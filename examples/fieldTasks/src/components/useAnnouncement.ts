// Written by sync-gen 0.1.0 from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { useEffect } from "react";
import { AccessibilityInfo, Platform } from "react-native";

/** Says `text` to a screen reader when it changes. iOS has no live regions; elsewhere `aria-live` says it. */
export function useAnnouncement(text: string | null): void {
  useEffect(() => {
    if (text !== null && Platform.OS === "ios")
      AccessibilityInfo.announceForAccessibility(text);
  }, [text]);
}
