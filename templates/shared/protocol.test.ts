import { expect, it } from "vitest";
import { limits } from "./protocol";

it("every row that may be written fits into an op, and so into some batch (B18)", () => {
  const aroundRows = 100 * 1024;

  expect(2 * limits.rowBytes + aroundRows).toBeLessThan(limits.opBytes);
});

it("every request stays far below what Convex allows (I18)", () => {
  const mebibyte = 1024 * 1024;

  expect(limits.rowBytes).toBeLessThan(mebibyte);
  expect(limits.opBytes).toBeLessThan(16 * mebibyte);
  // At worst, a batch reads the row and the targets of some references for each op.
  expect(limits.batchOps * 20).toBeLessThan(4096);
  expect(limits.pageRows).toBeLessThan(32_000);
});
