import { Slot } from "expo-router";

// <OfflineProvider> belongs here.
export default function Layout() {
  const missing = `put the app inside <OfflineProvider>`;
  return <Slot title={missing} />;
}
