import type { ReadFiles } from "../../src/kernel/files";
import type { WriteFiles } from "../../src/output/writeFiles";

/** A project in memory: both sides of the disk, without links and permissions. */
export class MemoryProject implements ReadFiles, WriteFiles {
  readonly texts: Map<string, string>;
  /** Every step that wrote, in order: `write a`, `rename a b`, `remove c`. */
  readonly steps: string[] = [];
  /** Called before each step; throws to make it fail. */
  beforeStep: (step: string, index: number) => void = () => undefined;

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  read(path: string): string | undefined {
    return this.texts.get(path);
  }

  exists(path: string): boolean {
    return (
      this.texts.has(path) || [...this.texts.keys()].some((known) => known.startsWith(`${path}/`))
    );
  }

  list(path: string): readonly string[] {
    const prefix = path === "." || path === "" ? "" : `${path}/`;
    const names = [...this.texts.keys()]
      .filter((known) => known.startsWith(prefix))
      .map((known) => known.slice(prefix.length))
      .map((rest) => (rest.includes("/") ? rest.slice(0, rest.indexOf("/") + 1) : rest));
    return [...new Set(names)].sort();
  }

  locate(path: string): string | null {
    return path.split("/").includes("..") || path.startsWith("/") ? null : path;
  }

  makeFolder(): void {
    // Folders are where files are.
  }

  writeNew(path: string, text: string): void {
    this.step(`write ${path}`);
    if (this.texts.has(path)) throw Object.assign(new Error(path), { code: "EEXIST" });
    this.texts.set(path, text);
  }

  copyMode(): void {
    // Nor do permissions exist.
  }

  rename(from: string, to: string): void {
    this.step(`rename ${from} ${to}`);
    const text = this.texts.get(from);
    if (text === undefined) throw Object.assign(new Error(from), { code: "ENOENT" });
    this.texts.delete(from);
    this.texts.set(to, text);
  }

  remove(path: string): void {
    if (!this.texts.has(path)) return;
    this.step(`remove ${path}`);
    this.texts.delete(path);
  }

  removeEmptyFolder(): boolean {
    return false;
  }

  /** The files, without what sync-gen keeps for itself. */
  files(): Readonly<Record<string, string>> {
    const entries = [...this.texts].filter(([path]) => !path.startsWith(".sync-gen/"));
    return Object.fromEntries(entries.sort());
  }

  private step(step: string): void {
    this.beforeStep(step, this.steps.length);
    this.steps.push(step);
  }
}
