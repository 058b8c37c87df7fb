import { describe, expect, it } from "vitest";
import { englishTexts } from "../../templates/client/components/texts";
import { syncErrorCodes, type OpView } from "../../templates/client/sync/types";
import { rejectionCodes } from "../../templates/shared/protocol";

/** Every code has one, by their types. */
const rejections = Object.keys(englishTexts.reasons);
const errors = Object.keys(englishTexts.problems);
/** Words of developers. */
const jargon = /\b(?:op|ops|schema|field|table|null|id|code|sync_|server's row|JSON)\b|[_{}]/;

const issue = (code: string | null): OpView => ({
  opId: "",
  table: "tasks",
  clientId: "",
  scopeId: null,
  kind: "update",
  state: "failed",
  mine: {},
  base: null,
  theirs: null,
  // Read from the type's own source.
  code: code as OpView["code"],
  message: "title: is not one of the choices",
  attempts: 0,
  createdAt: 0,
});

describe("what people read", () => {
  it("covers every code", () => {
    expect(rejections.length).toBeGreaterThan(10);
    expect(errors.length).toBeGreaterThan(8);
    expect([...rejections].sort()).toEqual([...rejectionCodes].sort());
    expect([...errors].sort()).toEqual([...syncErrorCodes].sort());
  });

  it.each(rejections)("says of %s in a sentence why an edit was not taken", (code) => {
    const sentence = englishTexts.reason(issue(code), englishTexts.reasons);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(jargon);
  });

  it.each(errors)("says of %s what stands in the way", (code) => {
    const sentence = Object.entries(englishTexts.problems).find(([key]) => key === code)?.[1];
    expect(sentence).toMatch(/^[A-Z].{8,}/);
    expect(sentence).not.toMatch(jargon);
  });

  it.each([null, "of-a-newer-server"])(
    "has a sentence where the reason is not known (%s), and never shows a developer's message",
    (code) => {
      expect(englishTexts.reason(issue(code), englishTexts.reasons)).toBe(
        englishTexts.reasons.failed,
      );
    },
  );
});
