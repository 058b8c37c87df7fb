const { getDefaultConfig } = require("expo/metro-config")
const { withNativeWind } = require("nativewind/metro")

const config = getDefaultConfig(__dirname)
config.resolver.sourceExts.push("sql")

// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm")

module.exports = withNativeWind(config, { input: "./global.css" })
