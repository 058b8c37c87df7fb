const metro = require('expo/metro-config')
const { withNativeWind } = require('nativewind/metro')
const config = { input: './global.css' }

module.exports = withNativeWind(metro.getDefaultConfig(__dirname), config)
