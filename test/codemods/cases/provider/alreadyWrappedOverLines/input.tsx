import { OfflineProvider } from "@/providers/OfflineProvider";

export default function Layout() {
  return (
    <
      OfflineProvider
    ><Slot /></OfflineProvider>
  );
}
