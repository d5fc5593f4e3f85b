import { expect, test } from "vitest";
import type { GeneratedPart } from "../contract/index.ts";
import type { BuiltInLanguageModel } from "./built-in-generator.ts";
import { findBuiltInGenerator } from "./find-built-in.ts";

const ASK = [
  { role: "system", content: "Cite." },
  { role: "user", content: "How long?" },
] as const;

interface Seen {
  readonly created: object[];
  destroyed: number;
}

/** A browser with a model that answers with these pieces, and then fails where it is told to. */
function browser(
  pieces: readonly string[],
  failure?: Error,
): { readonly scope: object; readonly seen: Seen } {
  const seen: Seen = { created: [], destroyed: 0 };
  const model: BuiltInLanguageModel = {
    availability: () => Promise.resolve("downloadable"),
    create(options = {}) {
      seen.created.push(options);
      const monitor = new EventTarget();
      options.monitor?.(monitor);
      for (const loaded of [0.5, 1])
        monitor.dispatchEvent(Object.assign(new Event("downloadprogress"), { loaded }));
      return Promise.resolve({
        contextWindow: 4096,
        measureContextUsage: (input) => Promise.resolve(JSON.stringify(input).length),
        promptStreaming: (_, { signal } = {}) =>
          new ReadableStream<string>({
            async start(stream) {
              for (const piece of pieces) stream.enqueue(piece);
              // An error takes along what was not read yet.
              if (failure) await new Promise((resolve) => setTimeout(resolve, 5));
              if (failure) return stream.error(failure);
              if (!signal) return stream.close();
              await new Promise((resolve) => setTimeout(resolve, 20));
              if (signal.aborted) stream.error(signal.reason);
              else stream.close();
            },
          }),
        destroy: () => void seen.destroyed++,
      });
    },
  };
  return { scope: { LanguageModel: model }, seen };
}

test("a browser without a model offers none", () => {
  expect(findBuiltInGenerator({})).toBeNull();
});

test("the model is asked about, fetched with its progress, and measured; nothing of it stays open", async () => {
  const { scope, seen } = browser([]);
  const generator = findBuiltInGenerator(scope);
  expect(await generator?.state()).toBe("downloadable");
  expect(seen.created).toEqual([]);
  const parts: number[] = [];
  await generator?.fetch({ onPart: (part) => parts.push(part) });
  expect(parts).toEqual([0.5, 1]);
  expect(await generator?.measure(ASK)).toMatchObject({ window: 4096 });
  expect(seen.destroyed).toBe(seen.created.length);
});

test("an answer comes piece by piece; what goes before the question opens the session", async () => {
  const { scope, seen } = browser(["Three ", "minutes."]);
  const parts: GeneratedPart[] = [];
  const generator = findBuiltInGenerator(scope);
  const answer = await generator?.generate(ASK, { onPart: (part) => parts.push(part) });
  expect(answer).toMatchObject({ text: "Three minutes.", calls: [] });
  expect(parts.map(({ text }) => text)).toEqual(["Three ", "minutes."]);
  expect(seen.created).toEqual([{ initialPrompts: [ASK[0]] }]);
  expect(seen.destroyed).toBe(1);
});

test("stopping rejects with the signal's reason", async () => {
  const stop = new AbortController();
  const asked = findBuiltInGenerator(browser(["Three "]).scope)?.generate(ASK, {
    signal: stop.signal,
    onPart: () => stop.abort(new Error("enough")),
  });
  await expect(asked).rejects.toThrow("enough");
});

test.each([
  [[], new DOMException("too long", "QuotaExceededError"), "answer/refused"],
  [[], new DOMException("no", "NotAllowedError"), "answer/denied"],
  [[], new Error("the process is gone"), "answer/unreachable"],
  [["Three "], new Error("the process is gone"), "answer/cut-off"],
] as const)("after %j, %s is told as %s", async (pieces, failure, code) => {
  const asked = findBuiltInGenerator(browser(pieces, failure).scope)?.generate(ASK, {});
  await expect(asked).rejects.toMatchObject({ code });
});
