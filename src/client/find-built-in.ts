import type { DeviceGenerator } from "../contract/index.ts";
import type { BuiltInLanguageModel } from "./built-in-generator.ts";

/**
 * The browser's own language model; null where this browser has none. Pages have it and workers do not: the interface
 * is exposed to windows only. What speaks to it is loaded when it is first asked for anything.
 */
export function findBuiltInGenerator(scope: object = globalThis): DeviceGenerator | null {
  const model = "LanguageModel" in scope ? (scope.LanguageModel as BuiltInLanguageModel) : null;
  if (model === null || typeof model.create !== "function") return null;
  const open = async (): Promise<DeviceGenerator> =>
    (await import("./built-in-generator.ts")).createBuiltInGenerator(model);
  return {
    state: async (signal) => (await open()).state(signal),
    fetch: async (options) => (await open()).fetch(options),
    generate: async (messages, options) => (await open()).generate(messages, options),
    measure: async (messages) => (await open()).measure(messages),
  };
}
