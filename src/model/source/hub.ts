import { SextantError } from "../../contract/index.ts";
import { checkRepository, HUB_ENDPOINT, hubHeaders, type HubAccess } from "./hub-access.ts";

export interface RepositoryFile {
  readonly path: string;
  readonly sizeBytes: number | null;
  /** Known of large files only: the hub keeps SHA-256 for what lies in LFS. */
  readonly sha256: string | null;
}

/** A model's repository at one commit. */
export interface Repository {
  readonly repository: string;
  readonly commit: string;
  readonly files: readonly RepositoryFile[];
  /** Whether its terms have to be accepted on the hub. */
  readonly gated: boolean;
  /** As its card states it; null when it states none. */
  readonly licence: string | null;
  readonly languages: readonly string[];
}

export interface ListOptions {
  /** Branch, tag or commit. */
  readonly revision?: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly fetchFile?: typeof fetch | undefined;
}

/**
 * Lists a repository's files with their sizes and digests.
 *
 * Throws: `engine/invalid-input` for what is no repository id, `model/denied`, `model/not-found`, `model/corrupt` when the
 * answer is not the hub's.
 * Source: huggingface_hub at ee0a451, `HfApi.model_info(files_metadata=True)` and `ModelInfo.__init__` in `hf_api.py`:
 * `GET /api/models/{id}/revision/{revision}?blobs=true`.
 */
export async function listRepository(
  hub: HubAccess,
  repository: string,
  { revision, signal, fetchFile = fetch }: ListOptions = {},
): Promise<Repository> {
  checkRepository(repository);
  const wanted = encodeURIComponent(revision ?? "main");
  const url = `${hub.endpoint}/api/models/${repository}/revision/${wanted}?blobs=true`;
  let response: Response;
  try {
    response = await fetchFile(url, { headers: hubHeaders(hub, url), ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(hub, repository, error);
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(hub, repository, response.status);
  }
  const json: unknown = await response.json().catch(() => null);
  signal?.throwIfAborted();
  return parseRepository(repository, json, hub);
}

function parseRepository(repository: string, json: unknown, hub: HubAccess): Repository {
  const fields = asRecord(json);
  const siblings = Array.isArray(fields["siblings"]) ? (fields["siblings"] as unknown[]) : null;
  const commit = fields["sha"];
  if (siblings === null || typeof commit !== "string" || !/^[0-9a-f]{40}$/.test(commit))
    throw new SextantError(
      "model/corrupt",
      `${hub.endpoint} does not answer as the hub does. Check the address of the mirror, or use ${HUB_ENDPOINT}.`,
      { endpoint: hub.endpoint, repository },
    );
  const card = asRecord(fields["cardData"]);
  const languages = [card["language"]].flat().filter((language) => typeof language === "string");
  return {
    repository,
    commit,
    files: siblings.map(asRecord).flatMap(parseFile),
    gated: fields["gated"] !== false && fields["gated"] !== undefined,
    licence: [card["license_name"], card["license"]].find((name) => typeof name === "string") ?? null,
    languages,
  };
}

function parseFile(sibling: Record<string, unknown>): RepositoryFile[] {
  const path = sibling["rfilename"];
  if (typeof path !== "string") return [];
  const lfs = asRecord(sibling["lfs"]);
  const sizeBytes = [lfs["size"], sibling["size"]].find(
    (size) => Number.isSafeInteger(size) && Number(size) >= 0,
  );
  const digest = lfs["sha256"];
  const isDigest = typeof digest === "string" && /^[0-9a-f]{64}$/.test(digest);
  return [
    { path, sizeBytes: sizeBytes === undefined ? null : Number(sizeBytes), sha256: isDigest ? digest : null },
  ];
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function unreachable({ endpoint }: HubAccess, repository: string, cause: unknown): SextantError {
  return new SextantError(
    "model/not-found",
    `${endpoint} cannot be reached, or does not let pages of other sites ask. Check the connection and the address, or add the model from files.`,
    { endpoint, repository },
    cause,
  );
}

/** The hub answers 401 also for a repository that does not exist. Source: huggingface_hub, `hf_raise_for_status`. */
function refused({ endpoint, token }: HubAccess, repository: string, status: number): SextantError {
  const details = { endpoint, repository, status };
  if (status === 401 || status === 403) {
    const act =
      token === null
        ? `check the name; if the model is private or asks for its terms to be accepted, accept them at ${endpoint}/${repository} and give a token`
        : `accept the model's terms at ${endpoint}/${repository}, and check that the token is valid and may read this model`;
    return new SextantError(
      "model/denied",
      `The hub does not show ${repository} (${status}): ${act}.`,
      details,
    );
  }
  return new SextantError(
    "model/not-found",
    status === 404
      ? `The hub has no ${repository} at this revision. Check the name as it stands on the model's page.`
      : `The hub answers ${status} when asked for ${repository}. Try again later.`,
    details,
  );
}
