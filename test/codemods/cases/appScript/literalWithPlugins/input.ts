import type { ExpoConfig } from "expo/config";

const config: ExpoConfig = {
  name: "Tasks",
  slug: "tasks",
  plugins: [
    "expo-router",
    ["expo-splash-screen", { imageWidth: 200 }], // the splash
  ],
};

export default config;
