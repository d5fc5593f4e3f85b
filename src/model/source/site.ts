import { SextantError } from "../../contract/index.ts";
import { SITE_CANDIDATES } from "./published-files.ts";
import type { RepositoryFile } from "./hub.ts";

export interface ProbeOptions {
  readonly signal?: AbortSignal | undefined;
  readonly fetchFile?: typeof fetch | undefined;
}

/** What lies in a folder of a host that lists nothing. */
export interface SiteFolder {
  /** The text of the file that describes a converted model; null when there is none. */
  readonly manifest: string | null;
  readonly files: readonly RepositoryFile[];
}

/**
 * Looks which files of a model lie below `baseUrl`, which ends in a slash. Hosts of single-page apps answer with a page
 * where there is no file: a page counts as none.
 *
 * Throws: `model/not-found` when the host cannot be reached.
 */
export async function probeSite(
  baseUrl: string,
  manifestPath: string,
  { signal, fetchFile = fetch }: ProbeOptions = {},
): Promise<SiteFolder> {
  async function ask(path: string, method: "GET" | "HEAD"): Promise<Response | null> {
    try {
      const response = await fetchFile(baseUrl + path, { method, ...(signal ? { signal } : {}) });
      const isPage = response.headers.get("Content-Type")?.includes("text/html") ?? false;
      if (response.ok && !isPage) return response;
      await response.body?.cancel();
      return null;
    } catch (error) {
      signal?.throwIfAborted();
      throw new SextantError(
        "model/not-found",
        `${baseUrl} cannot be reached. Check the connection, then try again.`,
        { url: baseUrl + path },
        error,
      );
    }
  }

  const manifest = await (await ask(manifestPath, "GET"))?.text();
  if (manifest !== undefined) return { manifest, files: [] };
  const files: RepositoryFile[] = [];
  for (const path of SITE_CANDIDATES) {
    const response = await ask(path, "HEAD");
    if (!response) continue;
    const length = Number(response.headers.get("Content-Length") ?? Number.NaN);
    const exact = Number.isSafeInteger(length) && response.headers.get("Content-Encoding") === null;
    files.push({ path, sizeBytes: exact ? length : null, sha256: null });
  }
  return { manifest: null, files };
}
