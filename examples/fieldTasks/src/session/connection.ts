import { ConvexReactClient } from "convex/react";
import { Platform } from "react-native";

/** Where the Convex deployment is. The play server serves the app and the deployment at one address. */
export const deploymentUrl =
  process.env["EXPO_PUBLIC_CONVEX_URL"] ??
  (Platform.OS === "web" ? window.location.origin : "http://127.0.0.1:4000");

export const convex = new ConvexReactClient(deploymentUrl, {
  // Closing a tab loses nothing: every edit is in the device's database before it is shown.
  unsavedChangesWarning: false,
});
