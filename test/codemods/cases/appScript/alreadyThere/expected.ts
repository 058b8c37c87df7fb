export default { name: "Tasks", plugins: [["expo-sqlite", { useFTS: true }]] };
