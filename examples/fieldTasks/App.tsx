import { ConvexProviderWithAuth } from "convex/react";
import { StatusBar } from "react-native";
import { SyncThemeProvider } from "./src/components/theme";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { dark, light } from "./src/screens/look";
import { Opening } from "./src/screens/Opening";
import { SignIn } from "./src/screens/SignIn";
import { Tasks } from "./src/screens/Tasks";
import { texts } from "./src/screens/texts";
import { convex } from "./src/session/connection";
import {
  SessionContext,
  useConvexSession,
  useStoredSession,
} from "./src/session/useSession";

/** Sign-in around Convex, Convex around the offline database, that around the app. */
export function App() {
  const session = useStoredSession();
  return (
    <SyncThemeProvider light={light} dark={dark} texts={texts}>
      <StatusBar barStyle="default" />
      <SessionContext value={session}>
        {session.name === null ? (
          <SignIn />
        ) : (
          <ConvexProviderWithAuth client={convex} useAuth={useConvexSession}>
            <OfflineProvider fallback={<Opening />} signedOut={<Opening />}>
              <Tasks />
            </OfflineProvider>
          </ConvexProviderWithAuth>
        )}
      </SessionContext>
    </SyncThemeProvider>
  );
}
