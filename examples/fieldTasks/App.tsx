import { ConvexProvider, ConvexProviderWithAuth } from "convex/react";
import { StatusBar } from "react-native";
import { SyncThemeProvider } from "./src/components/theme";
import { OfflineProvider } from "./src/providers/OfflineProvider";
import { dark, light } from "./src/screens/look";
import { NobodyKnown } from "./src/screens/NobodyKnown";
import { Opening } from "./src/screens/Opening";
import { SignIn } from "./src/screens/SignIn";
import { Tasks } from "./src/screens/Tasks";
import { texts } from "./src/screens/texts";
import { convex, isPlay } from "./src/session/connection";
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
        {session.name === null ? <SignIn /> : isPlay ? <Played /> : <Own />}
      </SessionContext>
    </SyncThemeProvider>
  );
}

/** With the play server, which believes every name. */
function Played() {
  return (
    <ConvexProviderWithAuth client={convex} useAuth={useConvexSession}>
      <OfflineProvider fallback={<Opening />} signedOut={<Opening />}>
        <Tasks />
      </OfflineProvider>
    </ConvexProviderWithAuth>
  );
}

/** With a deployment of your own. Sign-in goes here: the provider of your choice, which Convex's docs list. */
function Own() {
  return (
    <ConvexProvider client={convex}>
      <OfflineProvider fallback={<Opening />} signedOut={<NobodyKnown />}>
        <Tasks />
      </OfflineProvider>
    </ConvexProvider>
  );
}
