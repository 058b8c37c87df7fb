import { ConvexProvider } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";

export default function App() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider children={<Home />} />
    </ConvexProvider>
  );
}
