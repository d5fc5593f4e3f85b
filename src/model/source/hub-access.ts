import { SextantError } from "../../contract/index.ts";
import { pathParts } from "../store/path-parts.ts";

/** How to reach the hub, or a mirror that answers as it does. */
export interface HubAccess {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly token: string | null;
}

export const HUB_ENDPOINT = "https://huggingface.co";

/** Where a file lies. Source: huggingface_hub at ee0a451, `HUGGINGFACE_CO_URL_TEMPLATE` in `constants.py`. */
export function resolveUrl(
  { endpoint }: HubAccess,
  repository: string,
  commit: string,
  path: string,
): string {
  checkRepository(repository);
  const parts = pathParts(path).map(encodeURIComponent).join("/");
  return `${endpoint}/${repository}/resolve/${encodeURIComponent(commit)}/${parts}`;
}

/**
 * The token, for the endpoint's own origin and for no other; `fetch` itself drops it where a redirect leads elsewhere.
 * Source: Fetch standard, "HTTP-redirect fetch", step on CORS non-wildcard request-headers.
 */
export function hubHeaders({ endpoint, token }: HubAccess, url: string): Record<string, string> {
  if (token === null || new URL(url).origin !== new URL(endpoint).origin) return {};
  return { Authorization: `Bearer ${token}` };
}

/**
 * What a person typed as the hub's address, as it is used. An empty text is the hub itself.
 *
 * Throws: `engine/invalid-input` unless it is HTTPS, or HTTP on this machine, without account, query or fragment.
 */
export function parseEndpoint(text: string): string {
  const typed = text.trim() === "" ? HUB_ENDPOINT : text.trim();
  const url = URL.canParse(typed) ? new URL(typed) : null;
  const local = url?.hostname === "localhost" || url?.hostname === "127.0.0.1";
  const secure = url?.protocol === "https:" || (url?.protocol === "http:" && local);
  if (url && secure && url.username === "" && url.password === "" && url.search === "" && url.hash === "")
    return url.href.replace(/\/+$/, "");
  throw new SextantError(
    "engine/invalid-input",
    `"${typed}" is no address of a hub. Give an address that begins with https://, such as ${HUB_ENDPOINT}.`,
    { endpoint: typed },
  );
}

/**
 * Refuses what could become another URL than that of a repository.
 *
 * Throws: `engine/invalid-input`.
 * Source: huggingface_hub at ee0a451, `validate_repo_id` in `utils/_validators.py`.
 */
export function checkRepository(repository: string): void {
  const name = "[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?";
  const isId = new RegExp(`^${name}/${name}$`).test(repository);
  if (isId && !/--|\.\.|\.git$/.test(repository)) return;
  throw new SextantError(
    "engine/invalid-input",
    `"${repository}" is no repository of the hub. Give owner and name with a slash between them, such as BAAI/llm-embedder.`,
    { repository },
  );
}
