import { SextantError, type Sample } from "../../contract/index.ts";
import type { Environment } from "../state/environment.ts";

async function fetchOwn(path: string, signal: AbortSignal): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI), { signal });
  if (response.ok) return response;
  throw new SextantError(
    "model/not-found",
    `${path} is not served here (${response.status}). Reload the page.`,
  );
}

/** The page's own half of the environment: frames, samples and preferences. */
export const pageEnvironment: Environment = {
  nextFrame: (callback) => void requestAnimationFrame(callback),
  async loadSamples(signal) {
    const response = await fetchOwn("samples/samples.json", signal);
    if (!response.headers.get("content-type")?.includes("json")) return [];
    return (await response.json()) as readonly Sample[];
  },
  async loadSampleFiles(sample, signal) {
    const files = sample.files.map(async ({ name, path }) => {
      const response = await fetchOwn(`samples/${path}`, signal);
      return { name, content: new Uint8Array(await response.arrayBuffer()) };
    });
    return { files: await Promise.all(files) };
  },
  persist: () => navigator.storage.persist(),
  builtIn: null,
  readPreference: (name) => localStorage.getItem(name),
  writePreference: (name, value) => localStorage.setItem(name, value),
  readVisit: (name) => sessionStorage.getItem(name),
  writeVisit: (name, value) =>
    value === null ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, value),
};
