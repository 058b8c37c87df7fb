import { ConvexProvider } from "convex/react";
import { convex } from "./convexClient";
import { OfflineProvider } from "./src/providers/OfflineProvider";

export function Providers({ children }: { children: React.ReactNode }) {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider>
        {children}
      </OfflineProvider>
    </ConvexProvider>
  );
}
