import { Slot } from "expo-router";
import { OfflineProvider } from "./src/providers/OfflineProvider";

export default function Layout() {
  return (
    <OfflineProvider>
      <Slot />
    </OfflineProvider>
  );
}
