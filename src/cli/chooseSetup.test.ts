import { describe, expect, it } from "vitest";
import { memoryFiles } from "../../test/codemods/memoryFiles";
import { detectWorkspace } from "../config/workspace";
import { chooseSetup, type SetupWish } from "./chooseSetup";
import type { Ask, CommandContext } from "./command";

/** Answers by the first word of the question; `undefined` takes the default. */
function answers(given: Readonly<Record<string, string | null>>): {
  readonly ask: Ask;
  readonly asked: string[];
  /** What was said against answers. */
  readonly refused: string[];
} {
  const asked: string[] = [];
  const refused: string[] = [];
  const reply = (message: string, initial: string | undefined): string | null => {
    asked.push(`${message} [${initial ?? ""}]`);
    const key = Object.keys(given).find((start) => message.startsWith(start));
    return key === undefined ? (initial ?? "") : (given[key] ?? null);
  };
  const ask: Ask = {
    text: ({ message, initial, check }) => {
      const answer = reply(message, initial);
      const wrong = answer === null ? undefined : check?.(answer);
      if (wrong !== undefined) refused.push(wrong);
      return Promise.resolve(answer);
    },
    // Safe: the tests answer with values of the options.
    choose: <T extends string>({ message, initial }: { message: string; initial?: T }) =>
      Promise.resolve(reply(message, initial) as T | null),
    confirm: () => Promise.resolve(true),
  };
  return { ask, asked, refused };
}

const project = {
  "package.json": { workspaces: ["apps/*"] },
  "apps/field/package.json": { name: "field", dependencies: { expo: "1", convex: "1" } },
  "apps/office/package.json": { dependencies: { expo: "1" } },
};

const withUsers = {
  ...project,
  "apps/field/convex/schema.ts":
    'import { defineSchema, defineTable } from "convex/server";\nexport default defineSchema({ users: defineTable({}) });\n',
};

const nothing: SetupWish = { app: null, out: null, withTests: false };

function choose(
  given: Readonly<Record<string, string | null>>,
  files: Readonly<Record<string, string | object>> = project,
  wish = nothing,
) {
  const { ask, asked, refused } = answers(given);
  const memory = memoryFiles(files);
  // Safe: choosing reads nothing else of the context while there is no config.
  const context = { files: memory, config: "sync.config.ts", ask } as Partial<CommandContext>;
  const setup = chooseSetup(context as CommandContext, detectWorkspace(memory), wish);
  return { asked, refused, setup };
}

describe("init in a terminal", () => {
  it("asks for what it cannot know, with what it found as the default", async () => {
    const { asked, setup } = choose({});
    expect(await setup).toMatchObject({
      value: {
        clientOut: "apps/field/src",
        serverOut: "apps/field/convex",
        table: { name: "tasks", policy: "mobile-wins" },
      },
    });
    expect(asked).toEqual([
      "Which app should work offline? [apps/field]",
      "Where should the device code go? [apps/field/src]",
      "Where are your Convex functions? [apps/field/convex]",
      "What is your first synced table? [tasks]",
      "Who wins when a phone and the server changed the same row? [mobile-wins]",
    ]);
  });

  it("follows the answers", async () => {
    const { setup } = choose({
      "Which app": "apps/office",
      "Where are": "server",
      What: "visits",
      Who: "server-wins",
    });
    expect(await setup).toMatchObject({
      value: {
        clientOut: "apps/office/src",
        serverOut: "server",
        table: { name: "visits", policy: "server-wins" },
      },
    });
  });

  it.each([
    ["no package knows Convex", {}, {}],
    ["both apps do", { convex: "1" }, {}],
    [
      "both apps have functions",
      { convex: "1" },
      { "apps/a/convex/a.ts": "", "apps/b/convex/b.ts": "" },
    ],
  ])("puts the functions into the app that is chosen where %s", async (_, convex, functions) => {
    const dependencies = { expo: "1", ...convex };
    const { setup } = choose(
      { "Which app": "apps/b" },
      {
        "package.json": { workspaces: ["apps/*"] },
        "apps/a/package.json": { dependencies },
        "apps/b/package.json": { dependencies },
        ...functions,
      },
    );
    expect(await setup).toMatchObject({
      value: { clientOut: "apps/b/src", serverOut: "apps/b/convex" },
    });
  });

  it("does not ask which app when there is one", async () => {
    const { asked, setup } = choose({}, { "package.json": { dependencies: { expo: "1" } } });
    await setup;
    expect(asked).toHaveLength(4);
  });

  it("offers a folder of its own where files of the app stand in the way, and says no to the usual one", async () => {
    const taken = {
      "package.json": { dependencies: { expo: "1" } },
      "src/components/theme.tsx": "export const theme = {};\n",
      "src/db/schema.ts": "export {};\n",
    };
    const offered = choose({}, taken);
    expect(await offered.setup).toMatchObject({ value: { clientOut: "src/offline" } });
    expect(offered.asked[0]).toBe("Where should the device code go? [src/offline]");

    const insisted = choose({ "Where should": "src" }, taken);
    expect(await insisted.setup).toMatchObject({ ok: false, diagnostics: [{ code: "SG414" }] });
    expect(insisted.refused[0]).toContain("src/components/theme.tsx, src/db/schema.ts");
  });

  it.each(["Which", "Where should", "Where are", "What", "Who"])(
    "ends without a setup when the question %s… is left",
    async (question) => {
      const { setup } = choose({ [question]: null });
      expect(await setup).toMatchObject({ ok: false, diagnostics: [{ code: "SG941" }] });
    },
  );

  it.each([
    ["Where should", "src", true],
    ["Where should", "apps/native/src", true],
    ["Where should", "", false],
    ["Where should", "/tmp", false],
    ["Where should", "C:\\app", false],
    ["Where should", "../other", false],
    ["Where should", "a/../../b", false],
    ["Where should", "node_modules/app", false],
    ["Where are", "server", true],
    ["Where are", "apps/field/src/convex", true],
    ["Where are", "apps/field", false],
    ["Where are", "apps/field/src/sync", false],
    ["What", "visits", true],
    ["What", "Visits", false],
    ["What", "select", false],
    ["What", "syncItems", false],
    ["What", "my visits", false],
    ["What", "users", false],
  ])("%s…: %j is taken: %s", async (question, answer, accepted) => {
    const { setup, refused } = choose({ [question]: answer }, withUsers);
    const { ok } = await setup;
    expect(refused.length === 0).toBe(accepted);
    // Also where nobody listens to what is wrong, nothing is set up.
    expect(ok).toBe(accepted);
  });

  it("says what is wrong with an answer, and what would do", async () => {
    const { setup, refused } = choose({ What: "select" });
    await setup;
    expect(refused).toEqual([
      '"select" is a reserved word of SQL. A plural is not reserved: "selects".',
    ]);
  });

  it("holds no answer against a default that may still change", async () => {
    const { setup, refused } = choose({
      "Where should": "apps/field/convex",
      "Where are": "server",
    });
    expect(await setup).toMatchObject({ ok: true });
    expect(refused).toEqual([]);
  });

  it("takes folders as the config means them", async () => {
    const { setup } = choose({ "Where should": "./apps//field/app/", "Where are": "./server/" });
    expect(await setup).toMatchObject({
      value: { clientOut: "apps/field/app", serverOut: "server" },
    });
  });
});

describe("init with nobody to ask", () => {
  function chooseAlone(
    wish: Partial<SetupWish>,
    files: Readonly<Record<string, string | object>> = project,
  ) {
    const memory = memoryFiles(files);
    // Safe: as above.
    const context = { files: memory, config: "c", ask: null } as Partial<CommandContext>;
    const workspace = detectWorkspace(memory);
    return chooseSetup(context as CommandContext, workspace, { ...nothing, ...wish });
  }

  it("guesses none of several apps, and names them and the flag", async () => {
    expect(await chooseAlone({})).toMatchObject({
      ok: false,
      diagnostics: [
        {
          code: "SG942",
          allowed: "apps/field, apps/office",
          hint: "Say which: sync-gen init --app apps/field",
        },
      ],
    });
  });

  it.each(["apps/office", "./apps/office", "apps/office/"])("takes the app %s", async (app) => {
    expect(await chooseAlone({ app })).toMatchObject({ value: { clientOut: "apps/office/src" } });
  });

  it("refuses an app that there is not", async () => {
    expect(await chooseAlone({ app: "apps/offce" })).toMatchObject({
      ok: false,
      diagnostics: [{ code: "SG942", allowed: "apps/field, apps/office" }],
    });
  });

  it("takes the only app, also by its name of the root", async () => {
    const single = { "package.json": { dependencies: { expo: "1" } } };
    const wanted = { value: { clientOut: "src", tests: true } };
    expect(await chooseAlone({ withTests: true }, single)).toMatchObject(wanted);
    expect(await chooseAlone({ withTests: true, app: "." }, single)).toMatchObject(wanted);
  });
});
