// @vitest-environment jsdom
import { act, cleanup, render, waitFor } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useSignOut } from "../../templates/client/hooks/useSignOut";
import { AccountProvider } from "../../templates/client/providers/AccountProvider";
import { resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";
import { registry } from "./project";

vi.mock(
  "../../templates/client/providers/rememberedAccount",
  () => import("../../templates/client/providers/rememberedAccount.web"),
);

let signOut: ReturnType<typeof useSignOut>;
const listeners = new Set<(account: string | null) => void>();

beforeEach(() => {
  resetDatabases();
  localStorage.clear();
});
afterEach(cleanup);

/** The server says to every tab who is signed in. */
function server(account: string | null): void {
  act(() => listeners.forEach((tell) => tell(account)));
}

function watch(_: unknown, __: unknown, onAccount: (account: string | null) => void): () => void {
  listeners.add(onAccount);
  return () => void listeners.delete(onAccount);
}

function Account({ name }: { readonly name: string }): ReactNode {
  signOut = useSignOut();
  return `data of ${name}`;
}

/** A tab of the app, and what it shows. */
function openTab(content: (account: string) => ReactNode): HTMLElement {
  return render(
    <AccountProvider
      registry={registry}
      convex={{} as never}
      watch={watch}
      signedOut="nobody is signed in"
    >
      {content}
    </AccountProvider>,
  ).container;
}

/** As browsers tell the other tabs what one of them removed. */
function tellTabs(key: string, oldValue: string): void {
  act(
    () => void window.dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue: null })),
  );
}

it("an account that is left in one tab is left in the others", async () => {
  const device = new TestDevice();
  const first = openTab((name) => device.wrap(<Account name={name} />, name));
  // It waits for the database: whose it would open is what counts.
  const second = openTab((name) => `waits for ${name}`);
  server("ada");
  await waitFor(() => expect(first.textContent).toBe("data of ada"));
  expect(second.textContent).toBe("waits for ada");

  await act(() => signOut("keep"));
  expect(localStorage).toHaveLength(0);
  tellTabs("sync_account", "ada");
  server(null);

  expect(first.textContent).toBe("nobody is signed in");
  expect(second.textContent).toBe("nobody is signed in");
});

it("a tab keeps an account that no other tab has left", () => {
  const tab = openTab((name) => `data of ${name}`);
  server("ada");

  tellTabs("sync_account", "bob");
  tellTabs("of the app", "ada");

  expect(tab.textContent).toBe("data of ada");
});
