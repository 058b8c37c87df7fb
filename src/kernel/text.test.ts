import { describe, expect, it } from "vitest";
import {
  camelCase,
  closestMatch,
  countOf,
  didYouMean,
  joinWords,
  pascalCase,
  quote,
  snakeCase,
} from "./text";

describe("suggestions", () => {
  it.each([
    ["project", ["projects", "tasks"], "projects"],
    ["Tasks", ["projects", "tasks"], "tasks"],
    ["mobile-win", ["mobile-wins", "server-wins"], "mobile-wins"],
    ["mobile", ["server-wins", "mobile-wins"], "mobile-wins"],
    ["teh", ["the", "tree"], "the"],
    ["policiy", ["policy", "operations"], "policy"],
    ["x", ["name"], undefined],
    ["colour", ["id"], undefined],
    ["anything", [], undefined],
  ])("for %s of %j: %s", (text, candidates, want) => {
    expect(closestMatch(text, candidates)).toBe(want);
  });

  it("prefer the nearest", () => {
    expect(closestMatch("dueAt", ["duesAt", "dueOn", "dueAt2", "due_at"])).toBe("duesAt");
  });

  it("are a question, or nothing", () => {
    expect(didYouMean("taks", ["tasks"])).toBe('Did you mean "tasks"?');
    expect(didYouMean("zzz", ["tasks"])).toBeUndefined();
  });
});

describe("quoting", () => {
  it.each([
    "plain",
    'a "quoted" word',
    "back`tick ${x} */",
    "line\nend\r\t",
    "\u2028\u2029",
    "日本 😀",
    "\\",
  ])("keeps %j", (text) => {
    expect(JSON.parse(quote(text))).toBe(text);
    expect(quote(text)).not.toMatch(/[\n\r\u2028\u2029]/);
  });
});

describe("lists and counts", () => {
  it("are joined as people write them", () => {
    expect(joinWords([])).toBe("");
    expect(joinWords(["a"])).toBe("a");
    expect(joinWords(["a", "b"], "or")).toBe("a or b");
    expect(joinWords(["a", "b", "c"])).toBe("a, b and c");
  });

  it("say one and many", () => {
    expect([0, 1, 2].map((count) => countOf(count, "table"))).toEqual([
      "0 tables",
      "1 table",
      "2 tables",
    ]);
    expect(countOf(2, "entry", "entries")).toBe("2 entries");
  });
});

describe("cases", () => {
  it.each([
    ["tasks", "Tasks", "tasks", "tasks"],
    ["orderItems", "OrderItems", "orderItems", "order_items"],
    ["order_items", "OrderItems", "orderItems", "order_items"],
    ["apiURL", "ApiURL", "apiURL", "api_url"],
    ["HTTPServer", "HTTPServer", "hTTPServer", "http_server"],
    ["v2Items", "V2Items", "v2Items", "v2_items"],
  ])("of %s", (text, pascal, camel, snake) => {
    expect([pascalCase(text), camelCase(text), snakeCase(text)]).toEqual([pascal, camel, snake]);
  });
});
