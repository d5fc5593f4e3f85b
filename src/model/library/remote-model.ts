import { SextantError, type ModelOrigin } from "../../contract/index.ts";
import { MANIFEST_PATH } from "../manifest.ts";
import { hubHeaders, resolveUrl } from "../source/hub-access.ts";
import { listRepository } from "../source/hub.ts";
import { probeSite } from "../source/site.ts";
import type { Told } from "./describe.ts";
import { reportOn, type LibraryParts } from "./library-parts.ts";
import type { AddContext, KnownFile, KnownModel } from "./model-library.ts";

/** A model's files at a server. */
export interface RemoteModel {
  readonly told: Told;
  readonly files: readonly KnownFile[];
  /** The text of its `sextant.json`; null for a model as it was published. */
  readonly manifest: string | null;
  url(path: string): string;
  headers(path: string): Record<string, string>;
}

type HubOrigin = Extract<ModelOrigin, { from: "hub" }>;

/** The catalog's model behind a repository, as long as no other revision of it is asked for. */
export function knownInHub(
  catalog: readonly KnownModel[],
  { repository, revision }: HubOrigin,
): KnownModel | undefined {
  return catalog.find(
    (model) =>
      model.repository?.toLowerCase() === repository.toLowerCase() &&
      (revision === undefined || revision === model.revision),
  );
}

/** Another revision is another model. */
export const hubId = ({ repository, revision }: HubOrigin): string =>
  revision === undefined ? repository : `${repository}@${revision}`;

export async function openHubModel(
  parts: LibraryParts,
  origin: HubOrigin,
  id: string,
  known: KnownModel | undefined,
  context: AddContext,
): Promise<RemoteModel> {
  const hub = parts.hub();
  const repository = known?.repository ?? origin.repository;
  reportOn(context, "list", repository)({});
  const { signal } = context;
  const { fetchFile } = parts;
  const revision = origin.revision ?? known?.revision ?? null;
  const listed = await listRepository(hub, repository, { revision, signal, fetchFile });
  const url = (path: string): string => resolveUrl(hub, repository, listed.commit, path);
  return {
    told: {
      id,
      name: repository.slice(repository.indexOf("/") + 1),
      repository,
      revision: listed.commit,
      licence: listed.licence,
      languages: listed.languages,
    },
    files: listed.files,
    manifest: null,
    url,
    headers: (path) => hubHeaders(hub, url(path)),
  };
}

/** Throws: `engine/invalid-input` for an id that could lead elsewhere, or where there is no site. */
export async function openSiteModel(
  { siteUrl, fetchFile }: LibraryParts,
  id: string,
  context: AddContext,
): Promise<RemoteModel> {
  if (siteUrl === null || !/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(id))
    throw new SextantError(
      "engine/invalid-input",
      `“${id}” is no folder of models on this site. Give its name below /models/.`,
      { id },
    );
  reportOn(context, "list", id)({});
  const base = `${siteUrl}${id}/`;
  const { files, manifest } = await probeSite(base, MANIFEST_PATH, { signal: context.signal, fetchFile });
  const told = { id, name: id, repository: null, revision: null, licence: null, languages: [] };
  return { told, files, manifest, url: (path) => base + path, headers: () => ({}) };
}
