import { useState } from "react";

const key = "field-tasks-offline";

/** A switch that takes the connection away, as the browser tells it. It stays through a reload, not beyond the tab. */
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

const open = new Set<WebSocket>();

/** Convex's connection goes with it: a server that answers is a network, whatever the browser says. */
window.WebSocket = class extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    open.add(this);
    this.addEventListener("close", () => open.delete(this));
    if (isPretending()) this.close();
  }
};

function announce(): void {
  if (isPretending()) for (const socket of open) socket.close();
  window.dispatchEvent(new Event(navigator.onLine ? "online" : "offline"));
  (navigator as { connection?: EventTarget }).connection?.dispatchEvent(
    new Event("change"),
  );
}
