import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BROWSER_BUILD, letSessionsFailAlone } from "./independent-sessions-plugin.ts";

const PACKAGE = new URL("../../node_modules/@xenova/transformers/", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8")) as {
  exports: { default: { default: string } };
};
const build = new URL(exports.default.default, PACKAGE);
const code = readFileSync(build, "utf8");

type Call = (what: unknown) => Promise<unknown>;

/** One of the library's two functions, over sessions of ours. */
async function load(text: string, name: string, chain: string): Promise<Call> {
  const start = text.indexOf(`async function ${name}(`);
  const body = text.slice(start, text.indexOf("\n}\n", start) + 2);
  const surroundings = `
    const apis = { IS_WEB_ENV: true }, env = {}, LogLevel = {};
    const ensureWasmLoaded = async () => {}, getOnnxLogSeverityLevel = () => 0;
    const InferenceSession = { create: async (step) => step() };
    let ${chain} = Promise.resolve();`;
  const module = `${surroundings} ${body} export { ${name} };`;
  const url = `data:text/javascript,${encodeURIComponent(module)}`;
  const loaded = (await import(/* @vite-ignore */ url)) as Record<string, Call>;
  return loaded[name] ?? (() => Promise.reject(new TypeError(`no ${name}`)));
}

test("the browser's build of transformers.js is the one that is changed, and only these two lines", () => {
  expect(build.pathname).toMatch(BROWSER_BUILD);
  const changed = letSessionsFailAlone(code).split("\n");
  expect(code.split("\n").filter((line, i) => line !== changed[i])).toHaveLength(2);
  expect(() => letSessionsFailAlone(changed.join("\n"))).toThrowError(/webInitChain/);
});

test.each([
  ["createInferenceSession", "webInitChain", (step: () => unknown): unknown => step],
  ["runInferenceSession", "webInferenceChain", (step: () => unknown): unknown => ({ run: step })],
])("%s goes on after a failure, still one after the other", async (name, chain, asked) => {
  const order: string[] = [];
  const bad = asked(() => {
    order.push("bad");
    throw new Error("bad graph");
  });
  const good = asked(() => {
    order.push("good");
    return { what: "good" };
  });
  const call = await load(letSessionsFailAlone(code), name, chain);
  const failing = call(bad);
  const next = call(good);
  await expect(failing).rejects.toThrow("bad graph");
  await expect(next).resolves.toMatchObject({ what: "good" });
  expect(order).toEqual(["bad", "good"]);

  const asPublished = await load(code, name, chain);
  await expect(asPublished(bad)).rejects.toThrow("bad graph");
  await expect(asPublished(good)).rejects.toThrow("bad graph");
});
