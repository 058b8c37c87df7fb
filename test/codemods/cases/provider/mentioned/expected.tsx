import { Slot } from "expo-router";
import { OfflineProvider } from "./src/providers/OfflineProvider";

// <OfflineProvider> belongs here.
export default function Layout() {
  const missing = `put the app inside <OfflineProvider>`;
  return (
    <OfflineProvider>
      <Slot title={missing} />
    </OfflineProvider>
  );
}
