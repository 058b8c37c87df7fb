import type { ConfigPath, Problems } from "../config/problems";
import { quote } from "../kernel/text";

/**
 * A path of the config, relative to the project's root, without `./` in front, `/` behind or `..` inside: `./apps//native/` becomes
 * `apps/native`. `null`, and reported, when it is no place inside the project.
 */
export function projectPath(text: string, path: ConfigPath, problems: Problems): string | null {
  const example = 'a path relative to the project\'s root, such as "apps/native/src"';
  if (/^([/\\~]|[A-Za-z]:)/.test(text)) {
    problems.add("SG230", path, `${quote(text)} is an absolute path.`, { allowed: example });
    return null;
  }
  // The characters that Windows refuses, and control characters.
  const wrong = /[\\<>:"|?*\p{Control}]/u.exec(text)?.[0];
  if (wrong !== undefined) {
    const hint = wrong === "\\" ? `Write ${quote(text.replaceAll("\\", "/"))}.` : undefined;
    problems.add("SG233", path, `${quote(text)} holds the character ${quote(wrong)}.`, {
      allowed: example,
      hint,
    });
    return null;
  }
  const segments: string[] = [];
  for (const segment of text.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment !== "..") segments.push(segment);
    else if (segments.pop() === undefined) {
      problems.add("SG230", path, `${quote(text)} leads out of the project.`, { allowed: example });
      return null;
    }
  }
  if (segments.length === 0) {
    problems.add("SG230", path, `${quote(text)} is the project's root itself.`, {
      allowed: "a folder below the root",
    });
    return null;
  }
  if (segments.includes("node_modules")) {
    problems.add(
      "SG231",
      path,
      `${quote(text)} leads into node_modules, which the next install replaces.`,
      {
        allowed: example,
      },
    );
    return null;
  }
  return segments.join("/");
}

/** True when `inner` is `outer` or lies below it. */
export function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`);
}
