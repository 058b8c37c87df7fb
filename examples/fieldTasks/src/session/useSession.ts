import "expo-sqlite/localStorage/install";
import {
  createContext,
  useCallback,
  useContext,
  useMemo,
  useState,
} from "react";
import { Platform } from "react-native";
import { deploymentUrl } from "./connection";

/** Who is signed in on this device. In an app of your own this is your auth provider. */
export interface Session {
  readonly name: string | null;
  signIn(name: string): void;
  signOut(): void;
}

const key = "field-tasks-name";

export const SessionContext = createContext<Session | null>(null);

/** The session, kept on the device: the app opens without a connection. */
export function useStoredSession(): Session {
  const [name, setName] = useState(startName);
  return useMemo(
    () => ({
      name,
      signIn: (chosen) => {
        localStorage.setItem(key, chosen);
        setName(chosen);
      },
      signOut: () => {
        localStorage.removeItem(key);
        setName(null);
      },
    }),
    [name],
  );
}

/** The stage page signs its two devices in by address. */
function startName(): string | null {
  const address =
    Platform.OS === "web" ? new URLSearchParams(window.location.search) : null;
  return address?.get("crew") ?? localStorage.getItem(key);
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("No session here.");
  return session;
}

/** What `ConvexProviderWithAuth` takes, for the play server. */
export function useConvexSession() {
  const { name } = useSession();
  const fetchAccessToken = useCallback(() => fetchToken(name), [name]);
  return useMemo(
    () => ({
      isLoading: false,
      isAuthenticated: name !== null,
      fetchAccessToken,
    }),
    [name, fetchAccessToken],
  );
}

/** A token of the play server. Without a connection it waits for one: no answer is not a refusal. */
async function fetchToken(name: string | null): Promise<string | null> {
  if (name === null) return null;
  for (;;) {
    try {
      const answer = await fetch(
        `${deploymentUrl}/token?name=${encodeURIComponent(name)}`,
      );
      if (answer.ok) return await answer.text();
    } catch {
      // Not reachable; see above.
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
