import { ConvexReactClient } from "convex/react";
import { Platform } from "react-native";

/** A deployment of your own; `npx convex dev` writes its address into `.env.local`. */
const ownDeployment = process.env["EXPO_PUBLIC_CONVEX_URL"];

/** Whether the play server is there, which signs in whoever says a name. */
export const isPlay = ownDeployment === undefined;

/** Where the Convex deployment is. The play server serves the app and the deployment at one address. */
export const deploymentUrl =
  ownDeployment ??
  (Platform.OS === "web" ? window.location.origin : "http://127.0.0.1:4000");

export const convex = new ConvexReactClient(deploymentUrl, {
  // Closing a tab loses nothing: every edit is in the device's database before it is shown.
  unsavedChangesWarning: false,
});
