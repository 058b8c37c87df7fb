const { getDefaultConfig } = require("expo/metro-config");
const config = getDefaultConfig(__dirname);
// config.resolver.sourceExts.push("sql");
// config.resolver.assetExts.push("wasm");
// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm");

module.exports = config;
