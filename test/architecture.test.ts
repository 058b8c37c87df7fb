import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Import, readSources, type Source } from "./architecture/sources";

const src = readSources("src");
const templates = readSources("templates");
const all = [...src, ...templates];

/** What breaks a rule, as `file: what`, so that a failure reads as a list of things to do. */
function findings(
  sources: readonly Source[],
  find: (source: Source) => readonly string[],
): readonly string[] {
  return sources.flatMap((source) => find(source).map((what) => `${source.path}: ${what}`));
}

const isIn = (path: string | null, folder: string): boolean =>
  path?.startsWith(`${folder}/`) === true;
const room = (path: string): string => /^src\/([^/]+)\//.exec(path)?.[1] ?? "top";
const packageOf = (from: string): string =>
  from.startsWith("@") ? from.split("/", 2).join("/") : (from.split("/")[0] ?? from);

/** A room may import rooms of a smaller number, and itself. */
const order: Readonly<Record<string, number>> = {
  kernel: 0,
  config: 1,
  model: 2,
  policies: 3,
  render: 3,
  targets: 4,
  migrate: 5,
  plan: 6,
  codemods: 7,
  output: 7,
  doctor: 8,
  top: 9,
  cli: 10,
};

/** Agreements between rooms: types that anybody may speak of. */
const contracts = ["src/plan/plan.ts", "src/model/model.ts"];

describe("rooms", () => {
  it("are all known here", () => {
    expect(
      [...new Set(src.map(({ path }) => room(path)))].filter((name) => !Object.hasOwn(order, name)),
    ).toEqual([]);
  });

  it("import in one direction", () => {
    const place = (path: string): number => order[room(path)] ?? 0;
    expect(
      findings(src, ({ path, imports }) =>
        imports
          .filter((one) => isIn(one.path, "src") && one.path !== null)
          .filter((one) => !(one.kind === "type" && contracts.includes(one.path ?? "")))
          .filter(
            (one) => room(one.path ?? "") !== room(path) && place(one.path ?? "") >= place(path),
          )
          .map((one) => `imports ${one.path ?? ""}`),
      ),
    ).toEqual([]);
  });

  it("of output and codemods do not know each other", () => {
    expect(
      findings(src, ({ path, imports }) =>
        imports
          .filter(
            (one) =>
              (isIn(path, "src/output") && isIn(one.path, "src/codemods")) ||
              (isIn(path, "src/codemods") && isIn(one.path, "src/output")),
          )
          .map((one) => `imports ${one.path ?? ""}`),
      ),
    ).toEqual([]);
  });
});

describe("packages", () => {
  const homes: Readonly<Record<string, string>> = {
    "ts-morph": "src/codemods",
    prettier: "src/output",
    // The tests ask them whether migrations are theirs; a run need not load them.
    "drizzle-kit": "test",
    "drizzle-orm": "test",
    esbuild: "src/config",
    yargs: "src/cli",
    "@clack/prompts": "src/cli",
    handlebars: "src/render",
  };
  const heavy = new Set(["ts-morph", "prettier", "esbuild", "typescript", "@clack/prompts"]);

  it("stay in the room that they are for", () => {
    expect(
      findings(src, ({ path, imports }) =>
        imports
          .filter(
            ({ from }) =>
              Object.hasOwn(homes, packageOf(from)) && !isIn(path, homes[packageOf(from)] ?? ""),
          )
          .map(({ from }) => `imports ${from}`),
      ),
    ).toEqual([]);
  });

  it("that are heavy are loaded when they are needed, and not before", () => {
    expect(
      findings(src, ({ imports }) =>
        imports
          .filter(({ from, kind }) => kind === "value" && heavy.has(packageOf(from)))
          .map(({ from }) => `imports ${from} at the top`),
      ),
    ).toEqual([]);
  });
});

describe("effects", () => {
  const writing =
    /^(write|append|mkdir|mkdtemp|rm|rmdir|rename|unlink|copy|cp|chmod|chown|lchown|link|symlink|truncate|utimes|createWriteStream|open|promises|default|\*)/;

  it("only output writes files; the terminal writes to a stream that is open already", () => {
    expect(
      findings(src, ({ path, imports }) =>
        isIn(path, "src/output") || path === "src/cli/terminal.ts"
          ? []
          : imports
              .filter(({ from }) => /^(node:)?fs(\/promises)?$/.test(from))
              .flatMap(({ names }) => names.filter((name) => writing.test(name)))
              .map((name) => `imports ${name} of fs`),
      ),
    ).toEqual([]);
  });

  it("only the command line touches the process and prints; output asks it who holds the lock, config keeps it from the user's code", () => {
    const places = ["src/output/currentProcess.ts", "src/config/guestProcess.ts"];
    expect(
      findings(src, ({ path, globals, imports }) =>
        isIn(path, "src/cli") || places.includes(path)
          ? []
          : [
              ...["process", "console"]
                .filter((name) => globals.has(name))
                .map((name) => `uses ${name}`),
              ...imports
                .filter(({ from }) => /^(node:)?(process|readline|tty)$/.test(from))
                .map(({ from }) => `imports ${from}`),
            ],
      ),
    ).toEqual([]);
  });

  it("the clock and chance come in from outside, but for the places that stand for them", () => {
    const places = [
      "src/cli/createContext.ts",
      "src/output/currentProcess.ts",
      "src/output/session.ts",
    ];
    expect(
      findings(src, ({ path, calls, imports }) =>
        places.includes(path)
          ? []
          : [
              ...["Date.now", "Math.random", "new Date()"]
                .filter((call) => calls.has(call))
                .map((call) => `calls ${call}`),
              ...imports
                .flatMap(({ names }) =>
                  names.filter((name) => /^random(Bytes|UUID|Int)$/.test(name)),
                )
                .map((name) => `imports ${name}`),
            ],
      ),
    ).toEqual([]);
  });
});

describe("templates", () => {
  const outside = (source: Source, folder: string): readonly Import[] =>
    source.imports.filter(({ from, path }) => from.startsWith(".") && !isIn(path, folder));

  it("of shared import nothing but each other", () => {
    const shared = templates.filter(({ path }) => isIn(path, "templates/shared"));
    expect(shared.length).toBeGreaterThan(10);
    expect(
      findings(shared, (source) => [
        ...source.imports
          .filter(({ from }) => !from.startsWith("."))
          .map(({ from }) => `imports ${from}`),
        ...outside(source, "templates/shared").map(({ from }) => `imports ${from}`),
      ]),
    ).toEqual([]);
  });

  it.each(["client", "server"])(
    "of %s import each other and shared, and no emitted file",
    (side) => {
      const folder = `templates/${side}`;
      const own = new Set(templates.map(({ path }) => path));
      expect(
        findings(
          templates.filter(({ path }) => isIn(path, folder)),
          (source) =>
            outside(source, folder)
              .filter(({ path }) => !isIn(path, "templates/shared"))
              .concat(source.imports.filter(({ path }) => path !== null && !own.has(path)))
              .map(({ from }) => `imports ${from}`),
        ),
      ).toEqual([]);
    },
  );

  it("have no clock, no chance, no timers and no network of their own", () => {
    // Behind these the device's real ones stand.
    const platform = [
      "templates/client/sync/platform.ts",
      "templates/client/providers/rememberedAccount.web.ts",
      // Which databases a browser has, SQLite in a browser does not tell.
      "templates/client/db/browserFiles.ts",
    ];
    // Convex gives every run of a function a clock that stands still, and chance that repeats.
    const onServer = ["Date.now", "crypto"];
    const effects = ["Math.random", "new Date()", "Date.now", "performance.now"];
    const names = [
      "setTimeout",
      "setInterval",
      "setImmediate",
      "requestAnimationFrame",
      "fetch",
      "XMLHttpRequest",
      "crypto",
      "localStorage",
    ];
    expect(
      findings(templates, ({ path, calls, globals }) =>
        platform.includes(path)
          ? []
          : [
              ...effects.filter((call) => calls.has(call)),
              ...names.filter((name) => globals.has(name)),
            ]
              .filter((name) => !(isIn(path, "templates/server") && onServer.includes(name)))
              .map((name) => `uses ${name}`),
      ),
    ).toEqual([]);
  });

  it("say what they hold, and not by the numbers of lists that are not emitted with them", () => {
    expect(
      findings(
        templates,
        ({ path }) =>
          readFileSync(new URL(`../${path}`, import.meta.url), "utf8").match(
            /\([ICDF]\d+\b[^)\n]*\)/g,
          ) ?? [],
      ),
    ).toEqual([]);
  });

  it("print nothing, but for warnings in development", () => {
    expect(
      findings(templates, ({ globals }) => (globals.has("console") ? ["uses console"] : [])),
    ).toEqual([
      "templates/client/hooks/useDriftWarning.ts: uses console",
      "templates/client/providers/backgroundTask.ts: uses console",
    ]);
  });
});

describe("files", () => {
  it("have at most 400 lines", () => {
    // But for what the generator makes as long as a project is, of which this is one.
    const made = "test/server/fixture/convex/sync.ts";
    const tests = readSources("test").filter(({ path }) => path !== made);
    expect(
      findings([...all, ...tests], ({ lines }) => (lines > 400 ? [`${lines} lines`] : [])),
    ).toEqual([]);
  });

  it("export by name", () => {
    expect(
      findings(all, ({ hasDefaultExport }) => (hasDefaultExport ? ["has a default export"] : [])),
    ).toEqual([]);
  });

  it("are named after an idea", () => {
    expect(
      all
        .map(({ path }) => path)
        .filter((path) => /(^|\/)(utils?|helpers?|common|misc|index)\.tsx?$/i.test(path)),
    ).toEqual(["src/index.ts"]);
    expect(
      src.map(({ path }) => path).filter((path) => !/\/[a-z][A-Za-z0-9]*\.ts$/.test(path)),
    ).toEqual([]);
  });

  it("do not import each other in a circle", () => {
    expect(findCycles(all)).toEqual([]);
  });
});

/** Circles of imports that exist at run time; a circle of types is none. */
function findCycles(sources: readonly Source[]): readonly string[] {
  const targets = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports.flatMap((one) => (one.kind === "value" && one.path !== null ? [one.path] : [])),
    ]),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
    if (done.has(path) || trail.includes(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of sources) visit(path, []);
  return cycles;
}
