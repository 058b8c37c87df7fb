import { expect, it } from "vitest";
import { json } from "../../../config/fields";
import { printLayout } from "../../../render/layout";
import { build, withFields } from "../../../model/configFixture";
import { fieldAnnotation } from "./types";

it.each([
  ["Local", ": Local | null"],
  ["Local | null", ": Local | null"],
  ["null | Local", ": null | Local"],
  ["{ at: Local | null }", ": { at: Local | null } | null"],
  ["(Local | null)[]", ": (Local | null)[] | null"],
])("an optional json field of type %s has null once", (type, want) => {
  const jsonTypes = { "tasks.place": { type, declarations: [], imports: [] } };
  const built = build(withFields({ place: json().optional() }), null, jsonTypes);
  const field = built.ok ? built.value.tables[0]?.fields[0] : undefined;
  if (field === undefined) throw new Error("no field");
  expect(printLayout(fieldAnnotation(field))).toBe(want);
});
