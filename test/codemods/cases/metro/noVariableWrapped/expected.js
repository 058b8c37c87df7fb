const metro = require('expo/metro-config')
const { withNativeWind } = require('nativewind/metro')
const config = { input: './global.css' }

const metroConfig = metro.getDefaultConfig(__dirname)

// expo-sqlite runs as WebAssembly on the web.
metroConfig.resolver.assetExts.push('wasm')

module.exports = withNativeWind(metroConfig, config)
