const plugins = ["expo-sqlite"];
module.exports = ({ config }) => {
  const name = "Tasks";
  return { ...config, name, plugins };
};
