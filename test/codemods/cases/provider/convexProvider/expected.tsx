import { ConvexProvider, ConvexReactClient } from "convex/react";
import { Text, View } from "react-native";
import { OfflineProvider } from "./src/providers/OfflineProvider";

const convex = new ConvexReactClient(process.env.EXPO_PUBLIC_CONVEX_URL!, {
  unsavedChangesWarning: false,
});

export default function App() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider>
        <View>
          {/* the greeting */}
          <Text>{`line one
line two`}</Text>
        </View>
      </OfflineProvider>
    </ConvexProvider>
  );
}
