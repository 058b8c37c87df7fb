import { ActivityIndicator, View } from "react-native";
import { useTheme } from "./look";

/** While the account is looked up and its database opens. */
export function Opening() {
  const theme = useTheme();
  return (
    <View
      style={{
        flex: 1,
        justifyContent: "center",
        backgroundColor: theme.background,
      }}
    >
      <ActivityIndicator accessibilityLabel="Opening" color={theme.accent} />
    </View>
  );
}
