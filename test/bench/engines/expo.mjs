// What expo-sqlite takes from Expo in a browser.
export class NativeModule {
  emit() {}
  addListener() {
    return { remove: () => undefined };
  }
}
export const registerWebModule = (Module) => new Module();
export const requireNativeModule = () => ({});
