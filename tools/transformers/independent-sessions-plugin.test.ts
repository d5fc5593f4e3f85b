import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BROWSER_BUILD, letSessionsFailAlone } from "./independent-sessions-plugin.ts";

const PACKAGE = new URL("../../node_modules/@xenova/transformers/", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8")) as {
  exports: { default: { default: string } };
};
const build = new URL(exports.default.default, PACKAGE);
const code = readFileSync(build, "utf8");

/** One of the library's two functions, over a session of ours. */
function compile(text: string, name: string, chain: string): (step: () => unknown) => Promise<unknown> {
  const start = text.indexOf(`async function ${name}(`);
  const body = text.slice(start, text.indexOf("\n}\n", start) + 2);
  const surroundings = `
    const apis = { IS_WEB_ENV: true }, env = {}, LogLevel = {};
    const ensureWasmLoaded = async () => {}, getOnnxLogSeverityLevel = () => 0;
    const InferenceSession = { create: async (step) => step() };
    let ${chain} = Promise.resolve();`;
  // eslint-disable-next-line no-new-func -- the library's own text, as it lies in node_modules
  return new Function(`${surroundings} ${body} return ${name};`)() as (
    step: () => unknown,
  ) => Promise<unknown>;
}

test("the browser's build of transformers.js is the one that is changed, and only these two lines", () => {
  expect(build.pathname).toMatch(BROWSER_BUILD);
  const changed = letSessionsFailAlone(code).split("\n");
  expect(code.split("\n").filter((line, i) => line !== changed[i])).toHaveLength(2);
  expect(() => letSessionsFailAlone(changed.join("\n"))).toThrowError(/webInitChain/);
});

test.each([
  ["createInferenceSession", "webInitChain", (step: () => object) => step],
  ["runInferenceSession", "webInferenceChain", (step: () => object) => ({ run: step })],
] as const)("%s goes on after a failure, still one after the other", async (name, chain, asked) => {
  const call = compile(letSessionsFailAlone(code), name, chain) as (what: unknown) => Promise<unknown>;
  const order: string[] = [];
  const step = (what: string) => () => (order.push(what), { what });
  const failing = call(
    asked(() => {
      order.push("bad");
      throw new Error("bad graph");
    }),
  );
  const next = call(asked(step("good")));
  await expect(failing).rejects.toThrow("bad graph");
  await expect(next).resolves.toMatchObject({ what: "good" });
  expect(order).toEqual(["bad", "good"]);

  const before = compile(code, name, chain) as (what: unknown) => Promise<unknown>;
  const spoilt = before(asked(() => Promise.reject(new Error("bad graph")) as never));
  await expect(spoilt).rejects.toThrow("bad graph");
  await expect(before(asked(step("never")))).rejects.toThrow("bad graph");
});
