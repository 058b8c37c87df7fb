import { Slot } from "expo-router";
import { ConvexProvider, ConvexReactClient } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";

const convex = new ConvexReactClient(process.env.EXPO_PUBLIC_CONVEX_URL, {
  unsavedChangesWarning: false,
});

export default function Layout() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider>
        <Slot />
      </OfflineProvider>
    </ConvexProvider>
  );
}
