import type { ReactNode } from "react";
import {
  Platform,
  StatusBar,
  View,
  type StyleProp,
  type ViewStyle,
} from "react-native";
import { useTheme } from "./look";

interface Edges {
  readonly top: number;
  readonly bottom: number;
}

/**
 * The tallest bars that a system draws over a screen. Constants keep the example at the packages that the emitted code
 * needs; an app of your own measures them with react-native-safe-area-context.
 */
export const edges: Edges = Platform.select({
  ios: { top: 59, bottom: 34 },
  android: { top: StatusBar.currentHeight ?? 24, bottom: 48 },
  default: { top: 0, bottom: 0 },
});

/** A whole screen, clear of the system's bars. */
export function Screen({
  style,
  children,
}: {
  style?: StyleProp<ViewStyle>;
  children: ReactNode;
}) {
  const theme = useTheme();
  return (
    <View
      style={{
        flex: 1,
        paddingTop: edges.top,
        paddingBottom: edges.bottom,
        backgroundColor: theme.surface,
      }}
    >
      <View style={[{ flex: 1 }, style]}>{children}</View>
    </View>
  );
}
