// @vitest-environment jsdom
import {
  act,
  cleanup,
  configure,
  fireEvent,
  render,
  screen,
  within,
} from "@testing-library/react";
import { ConvexProvider, type ConvexReactClient } from "convex/react";
import type { FunctionReference } from "convex/server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { resetDatabases } from "../../../test/standins/expoSqlite";
import { SyncContext } from "../src/hooks/syncContext";
import { registry } from "../src/sync/TableRegistry";
import type { Sync } from "../src/sync/types";
import { Home } from "../src/screens/Home";
import { openPhone } from "./phone";
import { openServer, type Person } from "./server";

// What is waited for comes; on a busy machine, later than after Testing Library's second.
configure({ asyncUtilTimeout: 15_000 });

let ends: (() => Promise<void>)[];

beforeEach(() => {
  resetDatabases();
  ends = [];
});

afterEach(async () => {
  cleanup();
  for (const end of ends) await end();
});

/** The app on a phone of its own, below a heading with the person's name. */
async function openApp(name: string, person: Person) {
  const { sync, drizzle } = await openPhone(name, person);
  await sync.syncNow();
  ends.push(sync.dispose);
  const client = {
    mutation: (
      reference: FunctionReference<"mutation">,
      args: Record<string, unknown>,
    ) => person.call(reference, args),
  };
  render(
    <section aria-label={name}>
      {/* Of a client, `useMutation` calls this alone. */}
      <ConvexProvider client={client as unknown as ConvexReactClient}>
        {/* Hooks see tables by name; `offlineHooks` knows their types. */}
        <SyncContext
          value={{ sync: sync as unknown as Sync, registry, drizzle }}
        >
          <Home />
        </SyncContext>
      </ConvexProvider>
    </section>,
  );
  const app = within(screen.getByRole("region", { name }));
  return {
    ...app,
    press: async (button: string) => {
      const found = await app.findByRole("button", { name: button });
      await act(async () => fireEvent.click(found));
    },
    type: (label: string, value: string) => {
      fireEvent.change(app.getByLabelText(label), { target: { value } });
    },
    tick: async (item: string) => {
      const found = await app.findByRole("checkbox", { name: item });
      await act(async () => fireEvent.click(found));
    },
  };
}

it("a household from its first list to the day that somebody is taken out", async () => {
  const server = openServer();
  const ann = await openApp("Ann's phone", server.signIn("ann"));
  const ben = await openApp("Ben's phone", server.signIn("ben"));

  ann.type("Your name", "Ann");
  ann.type("Name of a new household", "Mill Lane 4");
  await ann.press("Create: Name of a new household");
  await ann.findByRole("heading", { name: "Mill Lane 4" });
  ann.type("Name of a new list", "Groceries");
  await ann.press("Add: Name of a new list");
  await ann.findByRole("heading", { name: "Groceries" });
  ann.type("New on Groceries", "Milk");
  await ann.press("Add: New on Groceries");
  await ann.findByRole("checkbox", { name: "Milk" });

  await ann.press("Invite");
  const code = (await ann.findByText(/^[0-9a-f-]{36}$/)).textContent ?? "";
  ben.type("Your name", "Ben");
  ben.type("Code of an invitation", "of nobody");
  await ben.press("Join: Code of an invitation");
  await ben.findByText("This invitation is not valid any more.");
  ben.type("Code of an invitation", code);
  await ben.press("Join: Code of an invitation");
  await ben.tick("Milk");
  await ann.findByRole("checkbox", { name: "Milk", checked: true });

  await ann.press("Take Ben out");
  // The screen that Ben had open closes by itself, and there is nothing to go back to.
  await ben.findByRole("heading", { name: "Households" });
  expect(ben.queryByRole("button", { name: "Mill Lane 4" })).toBeNull();
  await ann.findByRole("checkbox", { name: "Milk", checked: true });
});
