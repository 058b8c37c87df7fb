import { getDefaultConfig } from "expo/metro-config";

const config = getDefaultConfig(import.meta.dirname);

// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm");

export default config;
