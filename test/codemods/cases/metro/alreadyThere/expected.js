const { getDefaultConfig } = require("expo/metro-config");
const config = getDefaultConfig(__dirname);
config.resolver.sourceExts = [...config.resolver.sourceExts, "sql"];
config.resolver.assetExts.push("db", "wasm");
module.exports = config;
