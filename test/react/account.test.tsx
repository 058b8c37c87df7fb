// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useSignOut } from "../../templates/client/hooks/useSignOut";
import {
  AccountProvider,
  type WatchAccount,
} from "../../templates/client/providers/AccountProvider";
import { writeAccount } from "../../templates/client/providers/rememberedAccount";
import { systemClock } from "../../templates/client/sync/platform";
import { failStatementsAfter, resetDatabases } from "../standins/expoSqlite";
import { TestDevice } from "./app";
import { registry } from "./project";

let device: TestDevice;
/** `watch` and the device's `open` stand for it. */
const convex = {} as never;
let signOut: ReturnType<typeof useSignOut>;
/** What the server says about who is signed in; nothing until a test says so. */
let server: (account: string | null) => void;
/** The server fails to say so. */
let fail: (message: string) => void;

beforeEach(() => {
  resetDatabases();
  device = new TestDevice();
});
afterEach(() => {
  vi.restoreAllMocks();
  cleanup();
});

/** The clock goes on by a minute: whatever was going to end has ended. */
function letAMinutePass(): void {
  const later = systemClock.now() + 61_000;
  vi.spyOn(systemClock, "now").mockReturnValue(later);
}

const watch: WatchAccount = (_, __, onAccount, onError) => {
  server = (account) => act(() => onAccount(account));
  fail = (message) => act(() => onError(new Error(message)));
  return () => undefined;
};

function Name({ account }: { readonly account: string }): ReactNode {
  signOut = useSignOut();
  return <p>{`data of ${account}`}</p>;
}

interface AppProps {
  readonly account?: string | null;
  readonly isSigningIn?: boolean;
}

function App({ account, isSigningIn }: AppProps): ReactNode {
  return (
    <AccountProvider
      registry={registry}
      convex={convex}
      watch={watch}
      account={account}
      isSigningIn={isSigningIn}
      fallback="nobody knows"
      signedOut="nobody is signed in"
    >
      {(name) => device.wrap(<Name account={name} />, name)}
    </AccountProvider>
  );
}

/** As after the app was closed and started again. */
function restart(): void {
  cleanup();
  render(<App />);
}

describe("AccountProvider", () => {
  it("waits for the server on the first start", async () => {
    render(<App />);
    await screen.findByText("nobody knows");

    server(null);
    await screen.findByText("nobody is signed in");
    server("ada");
    await screen.findByText("data of ada");
  });

  it("asks nobody to sign in while the auth provider is loading", async () => {
    const { rerender } = render(<App isSigningIn />);
    await screen.findByText("nobody knows");
    server(null);
    await screen.findByText("nobody knows");
    server("ada");
    await screen.findByText("data of ada");

    rerender(<App />);
    await screen.findByText("data of ada");
  });

  it("shows no problem of a server that has answered since, while the auth provider is loading", async () => {
    render(<App isSigningIn />);
    await screen.findByText("nobody knows");
    fail("down");
    await screen.findByRole("alert");
    server(null);
    await screen.findByText("nobody knows");
  });

  it("asks to sign in once the auth provider has loaded, whatever the server said before", async () => {
    const { rerender } = render(<App isSigningIn />);
    await screen.findByText("nobody knows");
    server(null);

    rerender(<App isSigningIn={false} />);

    await screen.findByText("nobody is signed in");
  });

  it("says that nobody is signed in, where the app does not", async () => {
    render(
      <AccountProvider registry={registry} convex={convex} watch={watch}>
        {(name) => name}
      </AccountProvider>,
    );

    server(null);

    await screen.findByText("Sign in to get your data.");
  });

  it("says what it waits for on a first start without a connection", async () => {
    render(
      <AccountProvider registry={registry} convex={convex} watch={watch}>
        {(name) => name}
      </AccountProvider>,
    );
    await screen.findByText("Connecting. The first start on a device needs a connection.");
    server("ada");
    await screen.findByText("ada");
  });

  it("says that the server failed on a first start, and asks again when asked to", async () => {
    const asked = vi.fn(watch);
    render(
      <AccountProvider registry={registry} convex={convex} watch={asked}>
        {(name) => name}
      </AccountProvider>,
    );
    fail("no such function");
    const alert = await screen.findByRole("alert");
    expect(alert.textContent).toContain("The server has a problem.");
    expect(screen.getByText("no such function")).toBeTruthy();

    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await screen.findByText(/^Connecting/);
    expect(asked).toHaveBeenCalledTimes(2);
    fail("still none");
    await screen.findByText("still none");
    server("ada");

    await screen.findByText("ada");
  });

  it("hears of the failure from Convex's client", async () => {
    const failing = {
      localQueryResult: () => {
        throw new Error("no such function");
      },
      onUpdate: () => () => undefined,
    };
    render(
      <AccountProvider registry={registry} convex={{ watchQuery: () => failing } as never}>
        {(name) => name}
      </AccountProvider>,
    );

    await screen.findByText("no such function");
  });

  it("lets the app show that the server failed in its own way", async () => {
    render(
      <AccountProvider
        registry={registry}
        convex={convex}
        watch={watch}
        fallback="nobody knows"
        renderError={({ message }) => `the server says: ${message}`}
      >
        {(name) => name}
      </AccountProvider>,
    );
    await screen.findByText("nobody knows");
    fail("no such function");

    await screen.findByText("the server says: no such function");
  });

  it("needs no answer of a server that fails where an account is known", async () => {
    await writeAccount("ada");
    render(<App />);
    fail("no such function");

    await screen.findByText("data of ada");
  });

  it("opens the last account without a connection, and while its token is refreshed", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");

    restart();
    await screen.findByText("data of ada");
    server(null);
    await screen.findByText("data of ada");
  });

  it("changes to the account that the server names", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");

    server("bob");
    await screen.findByText("data of bob");
    restart();
    await screen.findByText("data of bob");
  });

  it("leaves the account with the sign-out, also while the server still names it", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");

    await act(() => signOut("keep"));
    await screen.findByText("nobody is signed in");
    server("ada");
    await screen.findByText("nobody is signed in");

    restart();
    await screen.findByText("nobody knows");
  });

  it("comes back to the account when it signs in again", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    await act(() => signOut("discard"));
    await screen.findByText("nobody is signed in");

    server(null);
    server("ada");

    await screen.findByText("data of ada");
    restart();
    await screen.findByText("data of ada");
  });

  it("keeps the account that was shown last, whoever was here when the app started", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    // In the first session on a device.
    server(null);
    await screen.findByText("data of ada");

    restart();
    await screen.findByText("data of ada");
    server("bob");
    await screen.findByText("data of bob");
    server(null);
    await screen.findByText("data of bob");
    expect(screen.queryByText("data of ada")).toBeNull();
  });

  it("keeps it also after it has signed out and in again", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    await act(() => signOut("keep"));
    server(null);
    server("ada");
    await screen.findByText("data of ada");

    server(null);

    await screen.findByText("data of ada");
  });

  it("does not show who was here before when that is read after the server's first answer", async () => {
    await writeAccount("ada");
    render(<App />);
    server("bob");
    await screen.findByText("data of bob");
    server(null);

    await screen.findByText("data of bob");
  });

  it("comes back when the server had said that the session is over before it was left", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    server(null);
    await act(() => signOut("keep"));
    await screen.findByText("nobody is signed in");

    server("ada");

    await screen.findByText("data of ada");
    letAMinutePass();
    server(null);
    await screen.findByText("data of ada");
    restart();
    await screen.findByText("data of ada");
  });

  it("comes back when the server had not answered before it was left", async () => {
    await writeAccount("ada");
    render(<App />);
    await screen.findByText("data of ada");
    await act(() => signOut("keep"));
    await screen.findByText("nobody is signed in");

    server("ada");

    await screen.findByText("data of ada");
  });

  it("is left again when the old session, heard of once more, ends", async () => {
    await writeAccount("ada");
    render(<App />);
    await screen.findByText("data of ada");
    await act(() => signOut("keep"));
    // The connection comes back before the app has ended the session at its auth provider.
    server("ada");
    server(null);

    await screen.findByText("nobody is signed in");
    restart();
    await screen.findByText("nobody knows");
  });

  it("is not hidden for ever when nobody heard the old session end", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    await act(() => signOut("keep"));
    server("ada");
    await screen.findByText("nobody is signed in");

    letAMinutePass();
    await screen.findByText("nobody is signed in");
    server("ada");

    await screen.findByText("data of ada");
  });

  it("shows another account at once, and then also the one that was left", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    await act(() => signOut("keep"));

    server("bob");
    await screen.findByText("data of bob");
    server("ada");
    await screen.findByText("data of ada");
  });

  it("leaves once, however often it is asked to", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");

    await act(() => Promise.all([signOut("keep"), signOut("keep")]));
    server("ada");

    await screen.findByText("nobody is signed in");
  });

  it("leaves the account also where nothing can be remembered", async () => {
    render(<App />);
    server("ada");
    await screen.findByText("data of ada");
    failStatementsAfter(0);

    const result = await act(() => signOut("keep"));

    expect(result).toEqual({ kind: "ready" });
    await screen.findByText("nobody is signed in");
  });

  it("asks nobody when the app says who it is", async () => {
    const { rerender } = render(<App account="eve" />);
    await screen.findByText("data of eve");

    rerender(<App account={null} />);
    await screen.findByText("nobody is signed in");
  });
});
