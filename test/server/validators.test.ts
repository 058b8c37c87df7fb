import { v, type GenericValidator } from "convex/values";
import { describe, expect, expectTypeOf, it } from "vitest";
import { requiredValidator } from "../../templates/server/convex/syncEngine/requiredValidator";
import {
  scopedOpReply,
  scopedPullArgs,
  scopedPullReply,
  scopedRemoveArgs,
  scopedUpsertArgs,
} from "../../templates/server/convex/syncEngine/scopedValidators";
import { json } from "../../templates/server/convex/syncEngine/tables";
import {
  opReply,
  pullArgs,
  pullReply,
  pushArgs,
  removeArgs,
  upsertArgs,
  type UpsertFields,
} from "../../templates/server/convex/syncEngine/validators";
import type { taskFields } from "./fixture/convex/syncTables";

// Convex calls the exported form of a validator `json`; it is what a deployment is given.
const exported = (validator: GenericValidator): unknown =>
  (validator as unknown as { json: unknown }).json;

describe("requiredValidator", () => {
  it("takes the optionality away and nothing else, for every kind", () => {
    const all = [
      v.string(),
      v.number(),
      v.int64(),
      v.commitTs(),
      v.boolean(),
      v.null(),
      v.any(),
      v.bytes(),
      v.id("tasks"),
      v.literal("a"),
      v.array(v.string()),
      v.object({ a: v.optional(v.string()) }),
      v.record(v.string(), v.number()),
      v.union(v.literal("a"), v.null()),
    ];
    for (const validator of all) {
      const required = requiredValidator(v.optional(validator));
      expect(required.isOptional).toBe("required");
      expect(exported(required)).toEqual(exported(validator));
      expect(exported(requiredValidator(validator))).toEqual(exported(validator));
    }
  });
});

describe("validators of a table", () => {
  it("want every field in a reply, null where there is no value, and no other", () => {
    const reply = JSON.stringify(exported(pullReply({ a: v.optional(v.number()), b: v.string() })));
    expect(reply).toContain(
      JSON.stringify({
        type: "object",
        value: {
          a: {
            fieldType: { type: "union", value: [{ type: "number" }, { type: "null" }] },
            optional: false,
          },
          b: { fieldType: { type: "string" }, optional: false },
        },
      }),
    );
  });

  it("take some of the fields in upsert, null only for optional ones", () => {
    expect(exported(upsertArgs({ a: v.optional(v.number()), b: v.string() }).fields)).toEqual({
      type: "object",
      value: {
        a: {
          fieldType: { type: "union", value: [{ type: "number" }, { type: "null" }] },
          optional: true,
        },
        b: { fieldType: { type: "string" }, optional: true },
      },
    });
    type Fields = UpsertFields<typeof taskFields>;
    expectTypeOf<{ text: string; dueAt: null; priority: "low" }>().toExtend<Fields>();
    expectTypeOf<{ text: null }>().not.toExtend<Fields>();
    expectTypeOf<{ priority: "urgent" }>().not.toExtend<Fields>();
  });

  it("have no place for a user but to compare, and check the frame of an op only", () => {
    expect(Object.keys(pushArgs).sort()).toEqual([
      "batchHash",
      "batchSeq",
      "deviceId",
      "epoch",
      "forUser",
      "ops",
      "schemaVersion",
    ]);
    expect(exported(pushArgs.ops)).toMatchObject({
      type: "array",
      value: { value: { fields: { fieldType: { type: "record" } } } },
    });
  });

  it("want the scope of every row, in calls and replies of a table with one, and only there", () => {
    const fields = { a: v.string() };
    const scopeId = { fieldType: { type: "string" }, optional: false };
    const rowOf = (reply: GenericValidator) =>
      (JSON.stringify(exported(reply)).match(/"scopeId"/g) ?? []).length;
    expect(exported(v.object({ ...scopedUpsertArgs(fields) }))).toMatchObject({
      value: { scopeId },
    });
    expect(exported(v.object(scopedPullArgs))).toMatchObject({ value: { scopeId } });
    expect(exported(v.object(scopedRemoveArgs))).toMatchObject({ value: { scopeId } });
    expect(JSON.stringify(exported(scopedPullReply(fields)))).toContain(
      `"scopeId":${JSON.stringify(scopeId)}`,
    );
    expect([scopedPullReply(fields), scopedOpReply(fields)].map(rowOf)).toEqual([1, 1]);
    expect([pullReply(fields), opReply(fields)].map(rowOf)).toEqual([0, 0]);
    expect(Object.keys({ ...upsertArgs(fields), ...pullArgs, ...removeArgs })).not.toContain(
      "scopeId",
    );
  });

  it("json takes interfaces and read-only lists as Convex stores them", () => {
    interface Item {
      readonly title: string;
      readonly tags: readonly string[];
    }
    const items = json<readonly Item[]>();
    expect(exported(items)).toEqual({ type: "any" });
    expectTypeOf(items.type).toEqualTypeOf<{ title: string; tags: string[] }[]>();
  });
});
