// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

import { createContext, useContext, useMemo, type ReactNode } from "react";
import { useColorScheme } from "react-native";
import { englishTexts, type SyncTexts } from "./texts";

/** Colours and measures of the sync components. Sizes are in points. */
export interface SyncTheme {
  readonly background: string;
  readonly surface: string;
  readonly text: string;
  readonly mutedText: string;
  readonly border: string;
  readonly accent: string;
  /** Text on `accent`. */
  readonly onAccent: string;
  readonly success: string;
  readonly warning: string;
  readonly danger: string;
  readonly fontSize: number;
  readonly spacing: number;
  readonly radius: number;
  /** Height and width that a finger can hit. */
  readonly touchTarget: number;
}

const measures = { fontSize: 16, spacing: 8, radius: 8, touchTarget: 44 };

/** Every text colour reaches a contrast of 4.5 to 1 on `background` and `surface`. */
export const lightTheme: SyncTheme = {
  ...measures,
  background: "#ffffff",
  surface: "#f3f4f6",
  text: "#111827",
  mutedText: "#4b5563",
  border: "#d1d5db",
  accent: "#1d4ed8",
  onAccent: "#ffffff",
  success: "#15803d",
  warning: "#92400e",
  danger: "#b91c1c",
};

/** As `lightTheme`, for dark mode. */
export const darkTheme: SyncTheme = {
  ...measures,
  background: "#111827",
  surface: "#1f2937",
  text: "#f9fafb",
  mutedText: "#d1d5db",
  border: "#4b5563",
  accent: "#93c5fd",
  onAccent: "#111827",
  success: "#86efac",
  warning: "#fcd34d",
  danger: "#fca5a5",
};

interface Look {
  readonly light: SyncTheme;
  readonly dark: SyncTheme;
  readonly texts: SyncTexts;
}

const LookContext = createContext<Look>({
  light: lightTheme,
  dark: darkTheme,
  texts: englishTexts,
});

/** What an app says otherwise than the components do. */
export interface SyncThemeProviderProps {
  /** What differs from the themes here. */
  readonly light?: Partial<SyncTheme>;
  readonly dark?: Partial<SyncTheme>;
  /** Translations; what is missing stays English. */
  readonly texts?: Partial<SyncTexts>;
  readonly children: ReactNode;
}

/** Gives all sync components below it other colours, measures and texts. Optional. */
export function SyncThemeProvider({
  light,
  dark,
  texts,
  children,
}: SyncThemeProviderProps): ReactNode {
  const outer = useContext(LookContext);
  const look = useMemo(
    () => ({
      light: { ...outer.light, ...light },
      dark: { ...outer.dark, ...dark },
      texts: { ...outer.texts, ...texts },
    }),
    [outer, light, dark, texts],
  );
  return <LookContext value={look}>{children}</LookContext>;
}

/** What every sync component takes for its looks. */
export interface LookProps {
  /** What differs from the theme around it, for this component alone. */
  readonly theme?: Partial<SyncTheme> | undefined;
  /** What differs from the texts around it, for this component alone. */
  readonly texts?: Partial<SyncTexts> | undefined;
}

/** The theme for the system's colour scheme, and the texts, with a component's own on top. */
export function useLook({ theme, texts }: LookProps): {
  readonly theme: SyncTheme;
  readonly texts: SyncTexts;
} {
  const look = useContext(LookContext);
  const scheme = useColorScheme() === "dark" ? look.dark : look.light;
  return {
    theme: theme === undefined ? scheme : { ...scheme, ...theme },
    texts: texts === undefined ? look.texts : { ...look.texts, ...texts },
  };
}
