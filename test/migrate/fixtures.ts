import type { Diagnostic } from "../../src/kernel/diagnostic";
import type { ReadFiles } from "../../src/kernel/files";
import type { FieldModel, IndexModel, ModelDraft, TableModel } from "../../src/model/model";
import { tableNames } from "../../src/model/tableNames";
import { planMigrations, type MigrationPlan } from "../../src/migrate/planMigrations";
import type { CommittedVersion } from "../../src/migrate/takenBack";
import { parseHistory, printHistory } from "../../src/migrate/history";

/** A field with everything unsaid at its plainest. */
export function field(
  name: string,
  kind: FieldModel["kind"],
  rest: Partial<FieldModel> = {},
): FieldModel {
  return {
    name,
    kind,
    optional: false,
    default: null,
    choices: [],
    references: null,
    json: null,
    renamedFrom: null,
    indexed: false,
    side: "both",
    merge: null,
    description: "",
    ...rest,
  };
}

/** A table with everything unsaid at its plainest. */
export function table(
  name: string,
  fields: readonly FieldModel[],
  rest: Partial<TableModel> = {},
): TableModel {
  const single = fields.filter((item) => item.indexed);
  const indexes: readonly IndexModel[] = single.map((item) => ({
    name: `by_${item.name}`,
    fields: [item.name],
  }));
  return {
    name,
    names: tableNames(name, null),
    renamedFrom: null,
    scope: null,
    policy: { name: "mobile-wins", by: null, deletes: "revive", module: null },
    operations: ["create", "update"],
    uniqueBy: [],
    fields,
    description: "",
    ...rest,
    indexes: [...indexes, ...(rest.indexes ?? [])],
  };
}

/** A draft with these tables whose client code goes to `out`. */
export function draft(tables: readonly TableModel[], out = "src", accepts = 20): ModelDraft {
  return {
    client: {
      store: "expo-sqlite",
      out,
      apiImport: "../../convex/_generated/api",
      appFolder: "",
      background: null,
    },
    server: {
      backend: "convex",
      out: "convex",
      retentionDays: 90,
      accepts,
      tests: false,
      rateLimit: null,
      usesConvexAuth: false,
    },
    tables,
  };
}

/** A project's files in memory. */
export class MemoryFiles implements ReadFiles {
  readonly texts = new Map<string, string>();

  read(path: string): string | undefined {
    return this.texts.get(path);
  }

  write(path: string, text: string): void {
    this.texts.set(path, text);
  }

  exists(path: string): boolean {
    return [...this.texts.keys()].some((name) => name === path || name.startsWith(`${path}/`));
  }

  list(path: string): readonly string[] {
    const below = [...this.texts.keys()]
      .filter((name) => name.startsWith(`${path}/`))
      .map((name) => name.slice(path.length + 1));
    return [
      ...new Set(
        below.map((name) => (name.includes("/") ? name.slice(0, name.indexOf("/") + 1) : name)),
      ),
    ].sort();
  }
}

interface RunOptions {
  readonly allowDataLoss?: boolean;
  readonly out?: string;
  readonly accepts?: number;
}

/** A project that is generated again and again; every run's result is written before the next. */
export class Project {
  readonly files = new MemoryFiles();
  /** Texts of the journal in git. */
  readonly journals: string[] = [];
  /** What is put together by a merge. */
  readonly branches: Project[] = [];
  /** Texts of migrations.ts in git, the newest first. */
  readonly versions: CommittedVersion[] = [];

  /** What one run would do; nothing is written. */
  plan(tables: readonly TableModel[], options: RunOptions = {}) {
    const history = parseHistory(this.files.read(".sync-gen/history.json"));
    if (!history.ok) return Promise.resolve(history);
    return planMigrations({
      draft: draft(tables, options.out, options.accepts),
      history: history.value,
      allowDataLoss: options.allowDataLoss ?? false,
      files: this.files,
      committed: {
        texts: () => this.journals,
        versions: () => this.versions,
        joined: () => this.branches.map((_, index) => String(index)),
        textAt: (commit, path) => this.branches[Number(commit)]?.files.read(path),
      },
    });
  }

  /** One run that must succeed, written. */
  async generate(tables: readonly TableModel[], options: RunOptions = {}): Promise<MigrationPlan> {
    const outcome = await this.plan(tables, options);
    if (!outcome.ok)
      throw new Error(outcome.diagnostics.map((item) => `${item.code} ${item.message}`).join("\n"));
    for (const file of outcome.value.files) this.files.texts.set(file.path, file.text);
    this.files.texts.set(".sync-gen/history.json", printHistory(outcome.value.history));
    return outcome.value;
  }

  /** The codes and paths of what one run says. */
  async complaints(
    tables: readonly TableModel[],
    options: { allowDataLoss?: boolean; only?: Diagnostic["severity"] } = {},
  ): Promise<readonly string[]> {
    const { diagnostics } = await this.plan(tables, options);
    return diagnostics
      .filter(({ severity }) => severity === (options.only ?? severity))
      .map((item) => `${item.code} ${(item.path ?? [item.location?.file ?? ""]).join(".")}`);
  }

  /** The SQL of the migration with this number. */
  sql(index: number): string {
    const number = String(index).padStart(4, "0");
    const path = [...this.files.texts.keys()].find((name) =>
      name.includes(`migrations/${number}_`),
    );
    return this.files.read(path ?? "") ?? "";
  }
}

/** What `drizzle-kit generate --custom` writes, filled in: a migration of the user's own behind those that are there. */
export function addOwnMigration(
  files: { read(path: string): string | undefined; write(path: string, text: string): void },
  name: string,
  sql: string,
  when = Date.UTC(2026, 5, 1),
): void {
  const folder = "src/db/migrations";
  const path = `${folder}/meta/_journal.json`;
  const journal = JSON.parse(files.read(path) ?? "");
  const idx: number = journal.entries.length;
  const number = (index: number) => String(index).padStart(4, "0");
  const tag = `${number(idx)}_${name}`;
  journal.entries.push({ idx, version: "6", when: when + idx, tag, breakpoints: true });
  files.write(path, JSON.stringify(journal, null, 2));
  const snapshot = JSON.parse(files.read(`${folder}/meta/${number(idx - 1)}_snapshot.json`) ?? "");
  const next = { ...snapshot, id: tag, prevId: snapshot.id };
  files.write(`${folder}/meta/${number(idx)}_snapshot.json`, JSON.stringify(next, null, 2));
  files.write(`${folder}/${tag}.sql`, sql);
}
