import { useLook, type SyncTheme } from "../components/theme";

/** The app's colours; the emitted components take them over from `SyncThemeProvider`. */
export const light: Partial<SyncTheme> = {
  background: "#f4f6f5",
  surface: "#ffffff",
  text: "#14201c",
  mutedText: "#56635e",
  border: "#dde4e1",
  accent: "#0f6b53",
  radius: 12,
};

export const dark: Partial<SyncTheme> = {
  background: "#0f1715",
  surface: "#182320",
  text: "#eef4f1",
  mutedText: "#a9b8b2",
  border: "#2c3a36",
  accent: "#6fd6b4",
  onAccent: "#06251c",
  radius: 12,
};

export type Theme = SyncTheme;

export function useTheme(): Theme {
  return useLook({}).theme;
}

/** Between the list and the edges of the screen, in points. */
export const listPadding = 16;
