// Learn more https://docs.expo.io/guides/customizing-metro
const { getDefaultConfig } = require("expo/metro-config");

const config = getDefaultConfig(__dirname);

// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm");

module.exports = config;
