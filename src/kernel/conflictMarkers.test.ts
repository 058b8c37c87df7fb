import { expect, it } from "vitest";
import { findConflict, hasAnyMarker, hasConflictMarkers } from "./conflictMarkers";

const sides = (end: string) =>
  ["a", "<<<<<<< HEAD", "b", "=======", "c", ">>>>>>> other", ""].join(end);

it("are found by all three of them, with either line ending", () => {
  expect(findConflict(sides("\n"))).toBe(2);
  expect(findConflict(sides("\r\n"))).toBe(3);
  expect(findConflict(sides("\n").replace(" HEAD", "").replace(" other", ""))).toBe(2);
});

it.each(["", "a\n=======\nb\n", "<<<<<<< HEAD\n", "x <<<<<<< HEAD\n=======\n>>>>>>> other\n"])(
  "are not what a text may have for other reasons: %j",
  (text) => {
    expect(hasConflictMarkers(text)).toBe(false);
  },
);

it("are noticed one by one in texts that have no such lines of their own", () => {
  expect(["<<<<<<< HEAD\n", ">>>>>>> other\n", ">>>>>>>\r\n"].map(hasAnyMarker)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["", "=======\n", "<<<<<<<< HEAD\n", " <<<<<<< HEAD\n"].map(hasAnyMarker)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
