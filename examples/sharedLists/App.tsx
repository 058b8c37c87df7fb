import { ConvexProvider, ConvexReactClient } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { Home } from "./src/screens/Home";

const convex = new ConvexReactClient(
  // `npx convex dev` writes it into `.env.local`; otherwise a backend on this machine.
  process.env["EXPO_PUBLIC_CONVEX_URL"] ?? "http://127.0.0.1:3210",
  // Closing a tab loses nothing: every edit is in the device's database before it is shown.
  { unsavedChangesWarning: false },
);

/** Sign-in goes here, in place of `ConvexProvider`: the provider of your choice, which Convex's docs list. */
export function App() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider>
        <Home />
      </OfflineProvider>
    </ConvexProvider>
  );
}
