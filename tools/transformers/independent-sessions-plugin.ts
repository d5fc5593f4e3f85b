import type { Plugin } from "vite";

/** The build of transformers.js that a browser gets; Vite may add a query. */
export const BROWSER_BUILD = /@xenova[\\/]transformers[\\/]dist[\\/]transformers\.web\.js(?:\?|$)/;

const CHAINS = [
  ["webInitChain = webInitChain.then(load)", "webInitChain = webInitChain.then(load, load)"],
  ["webInferenceChain = webInferenceChain.then(run)", "webInferenceChain = webInferenceChain.then(run, run)"],
] as const;

/**
 * Lets transformers.js load and run models after one that failed.
 *
 * Version 4.3.1 hangs every session and every run onto the promise of the one before, so that the first graph that is
 * refused rejects all that come after it until the worker ends (https://github.com/huggingface/transformers.js/issues/1767).
 * Delete when both chains go on after a rejection there.
 *
 * Throws: when a line that it changes is not there.
 */
export function letSessionsFailAlone(code: string): string {
  return CHAINS.reduce((changed, [from, to]) => {
    if (changed.split(from).length !== 2)
      throw new Error(
        `transformers.js has no "${from}" any more: see whether a failed session still spoils later ones, and change or delete tools/transformers.`,
      );
    return changed.replace(from, to);
  }, code);
}

/** Does so in the page's and the workers' bundles, and in tests in a browser. */
export function independentSessionsPlugin(): Plugin {
  return {
    name: "sextant:independent-sessions",
    enforce: "pre",
    transform: {
      filter: { id: BROWSER_BUILD },
      handler: (code) => ({ code: letSessionsFailAlone(code), map: null }),
    },
  };
}
