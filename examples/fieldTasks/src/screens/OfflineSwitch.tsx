import { Switch, Text, View } from "react-native";
import { usePretendOffline } from "../session/pretendOffline";
import { useTheme } from "./look";

/** White in both positions; browsers have a name of their own for the one that is on. */
const knob = { thumbColor: "#ffffff", activeThumbColor: "#ffffff" };

/** Cuts this device off, for trying out what happens then. */
export function OfflineSwitch({ onlyToEnd = false }: { onlyToEnd?: boolean }) {
  const theme = useTheme();
  const offline = usePretendOffline();
  if (offline === null || (onlyToEnd && !offline.isOffline)) return null;
  return (
    <View style={{ flexDirection: "row", alignItems: "center", minHeight: 44 }}>
      <Text style={{ flex: 1, color: theme.text, fontSize: 16 }}>
        Pretend to be offline
      </Text>
      <Switch
        accessibilityLabel="Pretend to be offline"
        value={offline.isOffline}
        onValueChange={offline.setIsOffline}
        trackColor={{ false: theme.border, true: theme.accent }}
        {...knob}
      />
    </View>
  );
}
