const { getDefaultConfig } = require("expo/metro-config");

module.exports = async () => {
  const defaults = await getDefaultConfig(__dirname);
  return { ...defaults, projectRoot: __dirname };
};
