import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES } from "../../src/contract/index.ts";

test("docs/errors.md has a row for each code, in their order, with the same actor and retry", () => {
  const rows = [...readFileSync("docs/errors.md", "utf8").matchAll(/^\| `([^`]+)` (.*)\|$/gm)].map(
    (match) => {
      const [when, actor, retry, action] = (match[2] ?? "")
        .split("|")
        .map((cell) => cell.trim())
        .slice(1);
      expect(when, match[1]).toBeTruthy();
      expect(action, match[1]).toBeTruthy();
      return [match[1], { actor, retry: retry === "yes" }];
    },
  );
  expect(rows).toEqual(Object.entries(ERROR_CODES));
});
