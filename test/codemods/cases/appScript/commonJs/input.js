module.exports = {
  expo: {
    name: "Tasks",
    plugins: ["expo-router"]
  }
}
