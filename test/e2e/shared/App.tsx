import { ConvexProviderWithAuth } from "convex/react";
import { View } from "react-native";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { Home } from "./src/screens/Home";
import { OfflineSwitch } from "./src/screens/OfflineSwitch";
import { Opening } from "./src/screens/Opening";
import { SignIn } from "./src/screens/SignIn";
import { convex } from "./src/session/connection";
import { SessionContext, useConvexSession, useStoredSession } from "./src/session/useSession";

/** The shared lists, with a provider of sign-in in place of `ConvexProvider`. */
export function App() {
  const session = useStoredSession();
  return (
    <SessionContext value={session}>
      {session.name === null ? (
        <SignIn />
      ) : (
        <View style={{ flex: 1 }}>
          <ConvexProviderWithAuth client={convex} useAuth={useConvexSession}>
            <OfflineProvider fallback={<Opening />} signedOut={<Opening />}>
              <Home />
            </OfflineProvider>
          </ConvexProviderWithAuth>
          <OfflineSwitch />
        </View>
      )}
    </SessionContext>
  );
}
