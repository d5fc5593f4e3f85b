import { parseArgs } from "node:util";
import { expect, test } from "vitest";
import { toTold } from "./told.ts";

function failureOf(args: string[]): unknown {
  try {
    parseArgs({ args, options: { name: { type: "string" } } });
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each([
  [["--nmae", "x"], "Unknown option '--nmae'. Usage: sextant push <folder>"],
  [["--name", "--x"], "Option '--name' argument is ambiguous. Usage: sextant push <folder>"],
  [["--name"], "Option '--name <value>' argument missing. Usage: sextant push <folder>"],
])("%j is answered with the usage", (args, message) => {
  expect(toTold(failureOf(args), "push <folder>")).toMatchObject({ code: "engine/invalid-input", message });
});

test("any other failure is told as it is", () => {
  const error = Object.assign(new Error("no such file"), { code: "ENOENT" });
  expect(toTold(error, "push <folder>").message).toContain("no such file");
});
