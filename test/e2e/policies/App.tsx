import { ConvexProviderWithAuth } from "convex/react";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { Opening } from "./src/screens/Opening";
import { Policies } from "./src/screens/Policies";
import { SignIn } from "./src/screens/SignIn";
import { convex } from "./src/session/connection";
import { SessionContext, useConvexSession, useStoredSession } from "./src/session/useSession";

/** The example's way in, with one row of every table behind it. */
export function App() {
  const session = useStoredSession();
  return (
    <SessionContext value={session}>
      {session.name === null ? (
        <SignIn />
      ) : (
        <ConvexProviderWithAuth client={convex} useAuth={useConvexSession}>
          <OfflineProvider fallback={<Opening />} signedOut={<Opening />}>
            <Policies />
          </OfflineProvider>
        </ConvexProviderWithAuth>
      )}
    </SessionContext>
  );
}
