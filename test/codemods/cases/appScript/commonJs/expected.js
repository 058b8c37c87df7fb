module.exports = {
  expo: {
    name: "Tasks",
    plugins: ["expo-router", "expo-sqlite"]
  }
}
