/** How a module is imported from a file in `folder`; both relative to the project's root, `""` and `.` being the root itself. */
export function relativeImport(folder: string, module: string): string {
  const from = segmentsOf(folder);
  const to = segmentsOf(module);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  const up = from.slice(shared).map(() => "..");
  return [...(up.length === 0 ? ["."] : up), ...to.slice(shared)].join("/");
}

function segmentsOf(path: string): readonly string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}
