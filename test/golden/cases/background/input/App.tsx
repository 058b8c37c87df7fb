import { ConvexProvider, ConvexReactClient } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";

const convex = new ConvexReactClient("https://happy-otter-123.convex.cloud");

export function App() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider>{null}</OfflineProvider>
    </ConvexProvider>
  );
}
