import { headersFor, type AppFiles } from "./app-files.ts";
import { answerRange } from "./byte-range.ts";

const CACHES = "sextant-app-";
const PAGE = "index.html";

/** Files that are fetched at once while the app is put by. */
const LANES = 6;

/** What a host says of the bytes themselves, and a download that was cut off goes on by. */
const OF_CONTENT = [
  "Content-Type",
  "Content-Range",
  "Accept-Ranges",
  "ETag",
  "Last-Modified",
  "Retry-After",
] as const;

/** What the service worker stands on; tests bring their own. */
export interface Ground {
  readonly caches: CacheStorage;
  readonly fetch: (request: Request) => Promise<Response>;
  /** The folder that the app is served from, ending in a slash. */
  readonly scope: string;
}

/** One build of the app, kept whole for use without a network. */
export interface KeptApp {
  /** Fetches every file that is not late, or takes it over from an older build; nothing is kept unless all is. */
  keep(): Promise<void>;
  /** The answer to a request for the app's own address, null where the app has nothing to say. */
  answer(request: Request): Promise<Response> | null;
  /** Fetches what is missing of a build that was kept whole, as far as the host has it. */
  mend(): Promise<void>;
  /** Forgets older builds; one that came since is left to itself. */
  forgetOlder(): Promise<void>;
}

/**
 * Keeps a build by the digests that its build wrote down: what a host changed, or an upload that is half done, is never
 * kept or mixed with another build.
 *
 * Headers: every answer carries the app's own, so that a host that can set none still gives an isolated page.
 */
export function keepApp(app: AppFiles, { caches, fetch, scope }: Ground): KeptApp {
  const name = CACHES + app.build;
  const addressOf = (path: string) => new URL(path === PAGE ? "./" : path, scope).href;

  function pathOf(url: string): string | null {
    const { origin, pathname } = new URL(url);
    const plain = origin + pathname;
    return plain.startsWith(scope) ? decodeURIComponent(plain.slice(scope.length)) || PAGE : null;
  }

  /** Fetches a file past older copies; `isOurs` when it is the one that this build wrote. */
  async function fetchFile(path: string): Promise<{ response: Response; isOurs: boolean }> {
    const cache = path.startsWith("assets/") ? "default" : "no-cache";
    const response = await fetch(new Request(addressOf(path), { cache }));
    if (!response.ok) return { response, isOurs: false };
    const content = await response.arrayBuffer();
    const isOurs = (await digestOf(content)) === app.files[path]?.digest;
    return { response: dress(path, content, response), isOurs };
  }

  /** The same content under the app's headers; how the host packed it for the way is over. */
  function dress(path: string, body: BodyInit | null, { status, headers }: Response): Response {
    const all = new Headers(headersFor(app, path));
    // Of a packed answer the length is that of what came over the wire.
    const said = headers.has("Content-Encoding") ? OF_CONTENT : ([...OF_CONTENT, "Content-Length"] as const);
    for (const name of said) {
      const value = headers.get(name);
      if (value !== null) all.set(name, value);
    }
    return new Response(body, { status, headers: all });
  }

  const own = () => caches.open(name);

  async function keepFile(path: string): Promise<void> {
    const { response, isOurs } = await fetchFile(path);
    if (!isOurs) throw new Error(`${path} is not the file of this build (${response.status}).`);
    await (await own()).put(addressOf(path), response);
  }

  async function findInOthers(path: string): Promise<Response | undefined> {
    for (const other of await caches.keys()) {
      if (!other.startsWith(CACHES) || other === name) continue;
      const found = await (await caches.open(other)).match(addressOf(path), { ignoreVary: true });
      if (found) return found;
    }
    return undefined;
  }

  async function takeOver(path: string, digest: string): Promise<boolean> {
    const known = await findInOthers(path);
    const content = await known?.arrayBuffer();
    if (!known || !content || (await digestOf(content)) !== digest) return false;
    await (await own()).put(addressOf(path), dress(path, content, known));
    return true;
  }

  async function answerOwn(path: string): Promise<Response> {
    const cache = await own();
    const kept = await cache.match(addressOf(path), { ignoreVary: true });
    if (kept) return kept;
    const { response, isOurs } = await fetchFile(path);
    // A full disk keeps nothing more, and the answer is good all the same.
    if (isOurs) await cache.put(addressOf(path), response.clone()).catch(() => undefined);
    return response;
  }

  /** Of an older build that another tab still runs; else whatever the host has. */
  async function answerOther(path: string, request: Request): Promise<Response> {
    const older = await findInOthers(path);
    if (older) return answerRange(request, older);
    const response = await fetch(request);
    return response.status === 0 ? response : dress(path, response.body, response);
  }

  return {
    async keep() {
      const left = Object.entries(app.files).filter(([, { late }]) => !late);
      const lane = async (): Promise<void> => {
        for (let next = left.pop(); next; next = left.pop())
          if (!(await takeOver(next[0], next[1].digest))) await keepFile(next[0]);
      };
      const lanes = Array.from({ length: LANES }, () =>
        lane().catch((error: unknown) => {
          left.length = 0;
          throw error;
        }),
      );
      const ends = await Promise.allSettled(lanes);
      const broken = ends.find((end) => end.status === "rejected");
      if (!broken) return;
      // Only now: a lane that was still at work would open the cache again.
      await caches.delete(name);
      throw broken.reason;
    },
    answer(request) {
      const path = pathOf(request.url);
      if (path === null || request.method !== "GET") return null;
      if (Object.hasOwn(app.files, path)) return answerOwn(path).then((whole) => answerRange(request, whole));
      const isPage = request.mode === "navigate" && !/\.[^/]+$/.test(path);
      return isPage ? answerOwn(PAGE) : answerOther(path, request);
    },
    async mend() {
      const cache = await own();
      for (const [path, { digest, late }] of Object.entries(app.files)) {
        if (late || (await cache.match(addressOf(path), { ignoreVary: true }))) continue;
        if (!(await takeOver(path, digest))) await keepFile(path);
      }
    },
    async forgetOlder() {
      // They come in the order in which they were made. Source: Service Workers, CacheStorage.keys().
      const all = (await caches.keys()).filter((one) => one.startsWith(CACHES));
      for (const older of all.slice(0, Math.max(0, all.indexOf(name)))) await caches.delete(older);
    },
  };
}

async function digestOf(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return btoa(String.fromCharCode(...digest));
}
