const { dirname } = require("node:path");
const { getDefaultConfig } = require("expo/metro-config");

/** @type {import("expo/metro-config").MetroConfig} */
const config = getDefaultConfig(__dirname);

// expo-sqlite runs as WebAssembly on the web.
config.resolver.assetExts.push("wasm");

// Where the packages are: in this folder's node_modules, or above it when the example is run inside sync-gen's repository.
const packages = dirname(dirname(require.resolve("expo/package.json")));
config.watchFolders = [packages];
config.resolver.nodeModulesPaths = [packages];

module.exports = config;
