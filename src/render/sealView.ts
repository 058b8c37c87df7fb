/**
 * The view, but asking it for a name that it does not have throws: a template with a typo never emits a gap.
 * Values inside are sealed as well.
 */
export function sealView(view: unknown): unknown {
  if (Array.isArray(view)) return view.map(sealView);
  if (typeof view !== "object" || view === null) return view;
  const sealed = Object.fromEntries(
    Object.entries(view).map(([name, value]) => [name, sealView(value)]),
  );
  return new Proxy(sealed, {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return Reflect.get(target, name) as unknown;
      throw new Error(`The view has no "${name}"; it has ${Object.keys(target).join(", ")}.`);
    },
  });
}
