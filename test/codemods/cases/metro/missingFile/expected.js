const { getDefaultConfig } = require("expo/metro-config");

/** @type {import("expo/metro-config").MetroConfig} */
const config = getDefaultConfig(__dirname);

// drizzle-kit's migrations import .sql files.
config.resolver.sourceExts.push("sql");
// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm");

module.exports = config;
