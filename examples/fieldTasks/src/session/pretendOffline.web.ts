import { useState } from "react";

const key = "field-tasks-offline";

/** A switch that makes the browser say that it has no connection. It stays through a reload, not beyond the tab. */
export function usePretendOffline() {
  const [isOffline, setIsOffline] = useState(isPretending);
  return {
    isOffline,
    setIsOffline: (next: boolean) => {
      sessionStorage.setItem(key, String(next));
      setIsOffline(next);
      announce();
    },
  };
}

function isPretending(): boolean {
  return sessionStorage.getItem(key) === "true";
}

// NetInfo asks the browser, and listens to one of these, depending on the browser.
const isReallyOnline = () =>
  (Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine")?.get?.call(
    navigator,
  ) as boolean | undefined) ?? true;
Object.defineProperty(navigator, "onLine", {
  configurable: true,
  get: () => isReallyOnline() && !isPretending(),
});

function announce(): void {
  window.dispatchEvent(new Event(navigator.onLine ? "online" : "offline"));
  (navigator as { connection?: EventTarget }).connection?.dispatchEvent(
    new Event("change"),
  );
}
