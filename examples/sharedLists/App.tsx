import { ConvexProvider, ConvexReactClient } from "convex/react";
import { useState } from "react";
import { useScopes } from "./src/hooks/useScopes";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { Household } from "./src/screens/Household";
import { Households } from "./src/screens/Households";

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

/** The household that is open, for as long as one is in it, or all of them. */
export function Home() {
  const [openId, setOpenId] = useState<string | null>(null);
  const households = useScopes("household");
  const open = households.find(({ scopeId }) => scopeId === openId);
  return open === undefined ? (
    <Households households={households} onOpen={setOpenId} />
  ) : (
    <Household
      scopeId={open.scopeId}
      canWrite={open.access === "write"}
      onClose={() => setOpenId(null)}
    />
  );
}
