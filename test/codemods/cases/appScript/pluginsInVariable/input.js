const plugins = [];
module.exports = ({ config }) => {
  const name = "Tasks";
  return { ...config, name, plugins };
};
