import { ConvexProvider } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";
const P = ({ children }) => (
  <ConvexProvider>
    <OfflineProvider>
      {children}
    </OfflineProvider>
  </ConvexProvider>
);
export default P;
