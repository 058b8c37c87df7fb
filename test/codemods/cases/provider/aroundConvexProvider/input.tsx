import { ConvexProvider } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";

export default function App() {
  return (
    <OfflineProvider>
      <ConvexProvider client={convex}>
        <Home />
      </ConvexProvider>
    </OfflineProvider>
  );
}
