/** The generator without the parser; the build makes one CommonJS file of it, which Node starts faster than modules. */
export async function loadPlainRun(): Promise<typeof import("./plainRun")> {
  return await import("./plainRun");
}
