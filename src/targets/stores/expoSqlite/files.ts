import { renderTemplate } from "../../../render/renderTemplate";
import type { TemplateLibrary } from "../../../render/templateLibrary";
import { copiedFiles } from "../../copiedFiles";
import { scopeKindFiles } from "../../scopeKind";
import { hasScopes } from "../../tableRules";
import type { EmittedFile, TargetInput } from "../../target";
import { registryView } from "./registryView";
import { schemaView } from "./schemaView";
import { drizzleConfigView, hookView, offlineFirstView, offlineProviderView } from "./wiringViews";

/** Files that apps import, though nothing emitted does. */
const publicFiles = [
  "components/SyncErrorBanner",
  "components/SyncStatusIcon",
  "components/theme",
  "db/syncTables",
  "hooks/useLiveQuery",
  "hooks/useNetworkStatus",
  "hooks/useSignOut",
  "hooks/useSyncIssues",
  "hooks/useSyncStatus",
  "sync/SyncService",
];

/** Files that only projects have a use for in which people choose. */
const conflictFiles = ["components/ConflictSheet", "hooks/useConflicts"];

/** Files that only projects have a use for in which people share rows. */
const scopeFiles = ["hooks/useScopes"];

/** Every file of the device side: what names a table is rendered, and what it needs of the engine is copied. */
export function expoSqliteFiles(input: TargetInput): readonly EmittedFile[] {
  const { library, model } = input;
  const out = model.client.out;
  const rendered = renderedFiles(input);
  const roots = [
    ...publicFiles,
    ...(model.hasConflicts ? conflictFiles : []),
    ...(hasScopes(model) ? scopeFiles : []),
  ];
  return [...rendered, ...copiedFiles({ library, out, sourceOf, rendered, roots })];
}

function renderedFiles(input: TargetInput): readonly EmittedFile[] {
  const { library, model, pieces } = input;
  const out = model.client.out;
  const app = model.client.appFolder;
  const render = renderer(library);
  return [
    render(`${out}/db/schema.ts`, "schema.ts", schemaView(input)),
    render(`${out}/sync/TableRegistry.ts`, "TableRegistry.ts", registryView(input)),
    ...model.tables.map((table): EmittedFile => ({
      path: `${out}/hooks/${table.names.hook}.ts`,
      text: pieces.of("hook", table, null, () =>
        renderTemplate(library, "expoSqlite/hook.ts", hookView(table)),
      ),
      ownership: "owned",
    })),
    render(`${out}/hooks/useDatabase.ts`, "useDatabase.ts", {
      table: model.tables[0]?.name ?? "table",
    }),
    render(`${out}/hooks/useOfflineFirst.ts`, "useOfflineFirst.ts", offlineFirstView(model)),
    render(
      `${out}/providers/OfflineProvider.tsx`,
      "OfflineProvider.tsx",
      offlineProviderView(model),
    ),
    ...backgroundFiles(input),
    ...scopeKindFiles(library, model, `${out}/sync/shared`),
    {
      ...render(
        app === "" ? "drizzle.config.ts" : `${app}/drizzle.config.ts`,
        "drizzle.config.ts",
        drizzleConfigView(model),
      ),
      ownership: "once",
    },
  ];
}

/** What lets the platform sync in the background, where the config asks for that. What it needs of the engine follows from it. */
function backgroundFiles({ library, model }: TargetInput): readonly EmittedFile[] {
  const { out, background } = model.client;
  if (background === null) return [];
  const render = renderer(library);
  const place = `${out}/providers`;
  return [
    render(`${place}/backgroundSync.ts`, "backgroundSync.ts", background),
    render(`${place}/backgroundSync.web.ts`, "backgroundSync.web.ts", {}),
    {
      ...render(`${place}/connectInBackground.ts`, "connectInBackground.ts", {}),
      ownership: "once",
    },
  ];
}

type Render = (path: string, template: string, view: object) => EmittedFile;

function renderer(library: TemplateLibrary): Render {
  return (path, template, view) => ({
    path,
    text: renderTemplate(library, `expoSqlite/${template}`, view),
    ownership: "owned",
  });
}

/** The shared code has one source, and a copy below each side's engine. */
function sourceOf(path: string): string {
  const shared = "sync/shared/";
  return path.startsWith(shared) ? `shared/${path.slice(shared.length)}` : `client/${path}`;
}
