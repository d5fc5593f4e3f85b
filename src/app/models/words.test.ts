import { expect, test } from "vitest";
import { FAKE_STATUS } from "../state/testing/fake-status.ts";
import { FAKE_CHECK, FAKE_MODELS } from "../state/testing/fake-models.ts";
import { arithmeticOf, proofOf } from "./proof.ts";
import { hostOf } from "../state/host-of.ts";
import { keptBytes, languageNames, precisionWords, standingOf, traitsOf } from "./words.ts";

const entry = (id: string) => FAKE_MODELS.find((one) => one.id === id)!;
const checked = { modelKey: FAKE_STATUS.model.key, device: "wasm", check: FAKE_CHECK } as const;

test("each state of a model has words of its own", () => {
  expect(FAKE_MODELS.map((one) => [one.id, standingOf(one)])).toEqual([
    ["mini", "comes with Sextant"],
    ["llm-embedder", "not here"],
    ["peg", "partly downloaded: 130 MB of 651 MB"],
    ["contriever", "on this device"],
    ["aar-ance", "cannot be added"],
    ["bm25", "always here"],
  ]);
  const original = { doneBytes: 5, totalBytes: 5 };
  expect(standingOf({ ...entry("peg"), original })).toBe("downloaded, not converted yet");
});

test("what a model is and takes is told, and what is not known is said to be unknown", () => {
  expect(traitsOf(entry("llm-embedder"), "wasm")).toEqual([
    ["languages", "English"],
    ["vectors", "768 dimensions, up to 512 tokens"],
    ["download", "438 MB"],
    ["memory", "219 MB in q8"],
    ["licence", "MIT"],
  ]);
  const traits = new Map(traitsOf(entry("contriever"), "webgpu"));
  expect(traits.get("memory")).toBe("547 MB in q8");
  expect(traits.has("download")).toBe(false);
  const unread = { dim: null, maxTokens: null, downloadBytes: null, memoryBytes: null, languages: [] };
  const unknown = traitsOf({ ...entry("peg"), ...unread, licence: "" }, "wasm");
  expect(unknown.map(([, value]) => value)).toEqual(Array(5).fill("unknown"));
  expect(new Map(traitsOf(entry("bm25"), "wasm")).get("vectors")).toBe("none");
  expect(languageNames(["zh", "not a tag"])).toBe("Chinese, not a tag");
});

test("a precision is chosen knowing the memory that it takes on the device in use", () => {
  expect(precisionWords(entry("llm-embedder"), "webgpu").q8).toMatch(/^q8: .* 547 MB of memory$/);
  expect(precisionWords(entry("mini"), "wasm").q8).not.toContain("memory");
});

test("only what was got counts as kept", () => {
  expect(FAKE_MODELS.map(keptBytes)).toEqual([0, 0, 130_200_000, 986_300_000, 0, 0]);
});

test("the proof names the device, and a check outweighs what was found at opening", () => {
  expect(proofOf(FAKE_STATUS, null)).toEqual({
    sentence: "verified on this processor: cosine 0.9987",
    holds: true,
  });
  expect(proofOf(FAKE_STATUS, checked).sentence).toBe("verified on this processor: cosine 0.9996");
  const onGpu = { ...FAKE_STATUS, device: { ...FAKE_STATUS.device, used: "webgpu" as const } };
  expect(proofOf(onGpu, checked).sentence).toBe("verified on this GPU: cosine 0.9987");
});

test("a failed check is never called verified, not even when the cosine is not a number", () => {
  for (const lowestCosine of [0.42, Number.NaN]) {
    const proof = proofOf(FAKE_STATUS, { ...checked, check: { ...FAKE_CHECK, lowestCosine } });
    expect(proof.holds).toBe(false);
    expect(proof.sentence).toMatch(/^wrong on this processor: .* at least 0.999 is needed$/);
  }
});

test("without vectors there is nothing to verify", () => {
  const wordless = { ...FAKE_STATUS, model: { ...FAKE_STATUS.model, dim: 0 } };
  expect(proofOf(wordless, null).holds).toBeNull();
  expect(arithmeticOf(wordless)).toBeNull();
  expect(arithmeticOf(FAKE_STATUS)).toBe("stored in q8, multiplied in int8");
});

test("the host that will be asked is named", () => {
  expect(hostOf("https://hub.example:8443/mirror")).toBe("hub.example:8443");
  expect(hostOf("nonsense")).toBe("nonsense");
});
