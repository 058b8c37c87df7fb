/** What the emitted ports take from React Native when they are made. */
export const AppState = {
  currentState: "active",
  addEventListener: () => ({ remove: () => undefined }),
};
/** What expo-sqlite asks for in a browser. */
export const Platform = { OS: "web" };
