import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { userSources } from "../../src/codemods/movedImports";
import { contentHash } from "../../src/output/contentHash";
import { readProject } from "../../src/output/projectDisk";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function project(): string {
  const root = mkdtempSync(join(tmpdir(), "sync-gen-disk-"));
  folders.push(root);
  mkdirSync(join(root, "a/inside"), { recursive: true });
  mkdirSync(join(root, "b"));
  writeFileSync(join(root, "a/inside/one.ts"), "");
  return root;
}

describe("folders as the disk lists them", () => {
  it("take a link to a folder for one, but not one that leads to a folder above itself", () => {
    const root = project();
    symlinkSync("../a", join(root, "b/other"));
    symlinkSync("..", join(root, "a/up"));
    symlinkSync("nowhere", join(root, "a/lost"));
    symlinkSync("self", join(root, "a/self"));
    const files = readProject(root);
    expect(files.list("b")).toEqual(["other/"]);
    expect(files.list("a")).toEqual(["inside/", "lost", "self", "up"]);
  });

  it("end, also where links lead to one another", () => {
    const root = project();
    symlinkSync("../b", join(root, "a/b"));
    symlinkSync("../a", join(root, "b/a"));
    expect(userSources(readProject(root), new Set())).toContain("a/inside/one.ts");
  });
});

describe("hashes of files on the disk", () => {
  it.each([
    ["an empty one", ""],
    ["a short one", "one\ntwo – три\n"],
    ["one with Windows' line endings", "one\r\ntwo\r\n"],
    ["one that just fills what is read at once", "x".repeat(64 * 1024)],
    ["a large one", "line – 行\n".repeat(50_000)],
  ])("are those of their texts: %s", (_what, text) => {
    const root = project();
    writeFileSync(join(root, "file.ts"), text);
    const files = readProject(root);
    expect(files.hash("file.ts")).toBe(contentHash(text));
    writeFileSync(join(root, "file.ts"), `${text}more`);
    expect(files.hash("file.ts")).toBe(contentHash(`${text}more`));
  });

  it("are none where there is no file", () => {
    const files = readProject(project());
    expect(files.hash("a")).toBeUndefined();
    expect(files.hash("a/none.ts")).toBeUndefined();
    expect(files.hash("a/inside/one.ts/below")).toBeUndefined();
  });
});
