import { renderTemplate } from "../../../render/renderTemplate";
import { copiedFiles } from "../../copiedFiles";
import { scopeKindFiles } from "../../scopeKind";
import type { EmittedFile, TargetInput } from "../../target";
import { aScope, hasScopes } from "../../tableRules";
import { functionsView } from "./functionsView";
import { tablesView } from "./tablesView";
import { rateLimitView } from "./rateLimitView";
import { deploymentView, tableTestView } from "./testViews";
import { writersView } from "./writersView";

/** Every file of the Convex side: what names a table is rendered, and what it needs of the engine is copied. */
export function convexFiles(input: TargetInput): readonly EmittedFile[] {
  const { library, model } = input;
  const out = model.server.out;
  const render = (
    name: string,
    view: object,
    ownership: EmittedFile["ownership"] = "owned",
  ): EmittedFile => ({
    path: `${out}/${name}`,
    text: renderTemplate(library, `convex/${name}`, view),
    ownership,
  });
  const rendered = [
    render("sync.ts", functionsView(input)),
    render("syncTables.ts", tablesView(input)),
    render("syncWriters.ts", writersView(input)),
    render("syncUser.ts", { usesConvexAuth: model.server.usesConvexAuth }, "once"),
    ...(hasScopes(model) ? [render("syncScopes.ts", { aScope: aScope(model) }, "once")] : []),
    ...scopeKindFiles(library, model, `${out}/syncEngine/shared`),
    render("crons.ts", {}, "once"),
    ...(model.server.rateLimit === null
      ? []
      : [render("syncRateLimit.ts", rateLimitView(model.server.rateLimit))]),
    ...(model.server.tests ? testFiles(input) : []),
  ];
  return [...rendered, ...copiedFiles({ library, out, sourceOf, rendered, roots: [] })];
}

/** Tests for vitest; two dots in a name keep Convex from taking a file for functions. */
function testFiles({ library, model }: TargetInput): readonly EmittedFile[] {
  const folder = `${model.server.out}/syncTests`;
  const template = "convex/syncTests";
  return [
    {
      path: `${folder}/project.setup.ts`,
      text: renderTemplate(library, `${template}/project.setup.ts`, {
        isLimited: model.server.rateLimit !== null,
        hasScopes: hasScopes(model),
      }),
      ownership: "once",
    },
    {
      path: `${folder}/deployment.setup.ts`,
      text: renderTemplate(library, `${template}/deployment.setup.ts`, deploymentView(model)),
      ownership: "owned",
    },
    ...model.tables.map((table): EmittedFile => ({
      path: `${folder}/${table.name}.test.ts`,
      text: renderTemplate(library, `${template}/table.test.ts`, tableTestView(table)),
      ownership: "owned",
    })),
  ];
}

/** The shared code has one source, and a copy below each side's engine. */
function sourceOf(path: string): string {
  const shared = "syncEngine/shared/";
  return path.startsWith(shared) ? `shared/${path.slice(shared.length)}` : `server/convex/${path}`;
}
