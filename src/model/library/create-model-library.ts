import { SextantError, type AddModelRequest, type ModelOrigin } from "../../contract/index.ts";
import { createTurns } from "../../base/turns.ts";
import { weightsOf } from "../manifest.ts";
import { createHttpFiles } from "../source/http-files.ts";
import type { ModelFiles } from "../source/model-files.ts";
import { addFiles, PICKED } from "./add-files.ts";
import { addOwnFromSite } from "./add-own-folder.ts";
import { addFromOriginal, addRemote } from "./add-remote.ts";
import { assertAsKnown, isHere, type LibraryParts } from "./library-parts.ts";
import { listModels } from "./list-models.ts";
import type { AddContext, KnownModel, ModelLibrary } from "./model-library.ts";
import { checkRepository } from "../source/hub-access.ts";
import { removeFrom } from "./remove-model.ts";
import { hubId, knownInHub, openHubModel, openSiteModel } from "./remote-model.ts";
import { browserRoom } from "./room.ts";
import { openStoredModel, type StoredModel } from "./stored-model.ts";

type Optional = "fetchFile" | "findRoom" | "preparePipeline";
export type LibraryOptions = Omit<LibraryParts, Optional> & Partial<Pick<LibraryParts, Optional>>;

/** Folder of the bundled model below the site's models. */
const BUNDLED = "mini/";

/** Keeps models in `store`, gets them from the hub, the site or files, and has them converted. */
export function createModelLibrary(options: LibraryOptions): ModelLibrary {
  const parts: LibraryParts = {
    fetchFile: (input, init) => fetch(input, init),
    findRoom: browserRoom,
    preparePipeline: ({ description }) => Promise.reject(noPipeline(description.name)),
    ...options,
  };
  const { store, catalog, siteUrl } = parts;
  const find = (modelId: string): KnownModel | undefined => catalog.find(({ id }) => id === modelId);
  const turns = createTurns();
  /** The model that is being added: known only after its turn has come, of files only after they were read. */
  let adding: string | null = null;
  const claim = (id: string): void => void (adding = id);

  /** Under which id a model is kept, and where its files can be had; null where only the person has them. */
  async function findPlace(origin: Exclude<ModelOrigin, { from: "files" }>): Promise<{
    readonly id: string;
    readonly known: KnownModel | undefined;
    readonly place: Exclude<ModelOrigin, { from: "files" | "list" }> | null;
  }> {
    if (origin.from === "hub") {
      checkRepository(origin.repository);
      const known = knownInHub(catalog, origin);
      return { id: known?.id ?? hubId(origin), known, place: origin };
    }
    if (origin.from === "site") return { id: origin.id, known: find(origin.id), place: origin };
    const id = origin.modelId;
    const known = find(id);
    const stored = openStoredModel(store, id);
    const model = known ?? (await stored.readManifest()) ?? (await stored.readSource())?.description;
    if (!model) throw notHere(id);
    const { repository, revision } = model;
    if (repository !== null)
      return { id, known, place: { from: "hub", repository, ...(revision === null ? {} : { revision }) } };
    return { id, known, place: id.startsWith(PICKED) ? null : { from: "site", id } };
  }

  async function addNow(request: AddModelRequest, context: AddContext): Promise<string> {
    const { origin, dtype } = request;
    context.signal?.throwIfAborted();
    if (origin.from === "files") return addFiles(parts, origin, request, context, claim);

    const { id, known, place } = await findPlace(origin);
    assertAsKnown(known, request);
    if (known?.bundled?.weights[dtype]) return id;
    if (known?.architecture === "none") throw noWeights(known.name);
    if (known?.obstacle !== undefined) throw unsupported(known.name, known.obstacle);
    claim(id);
    const stored = openStoredModel(store, id);
    if (isHere(await stored.readManifest(), request)) return id;
    if (await addFromOriginal(parts, stored, known, request, context)) return id;
    if (place === null) throw notHere(id);
    const remote =
      place.from === "hub"
        ? await openHubModel(parts, place, id, known, context)
        : await openSiteModel(parts, place.id, context);
    if (remote.manifest !== null)
      return addOwnFromSite(parts, remote, remote.manifest, dtype, context, claim);
    await addRemote(parts, stored, remote, known, request, context);
    return id;
  }

  return {
    list: () => listModels(store, catalog),
    add: (request, context = {}) =>
      turns.take(
        "later",
        async () => {
          try {
            return { modelId: await addNow(request, context), dtype: request.dtype };
          } finally {
            adding = null;
          }
        },
        context.signal,
      ),
    async remove(modelId, what) {
      if (modelId === adding) throw beingAdded(modelId);
      await removeFrom(openStoredModel(store, modelId), what, find(modelId));
    },
    async open({ modelId, dtype }) {
      const bundled = find(modelId)?.bundled;
      if (bundled?.weights[dtype] && siteUrl !== null)
        return { manifest: bundled, files: createHttpFiles(siteUrl + BUNDLED, parts.fetchFile) };
      const stored = openStoredModel(store, modelId);
      const manifest = await stored.readManifest();
      if (!manifest) throw notHere(modelId);
      weightsOf(manifest, dtype);
      return { manifest, files: filesIn(stored) };
    },
  };
}

/** Reads a model's files from its folder. */
function filesIn({ folder }: StoredModel): ModelFiles {
  return {
    async read(path, { signal, onProgress } = {}) {
      const source = await folder.open(path);
      signal?.throwIfAborted();
      const bytes = await source.read(0, source.sizeBytes);
      onProgress?.(bytes.length);
      return bytes;
    },
  };
}

function notHere(modelId: string): SextantError {
  return new SextantError(
    "model/not-found",
    `${modelId} is not on this device. Add it from the hub, from this site or from files.`,
    { modelId },
  );
}

function beingAdded(modelId: string): SextantError {
  return new SextantError(
    "engine/invalid-input",
    `${modelId} is being added at this moment. Stop that first, then remove it.`,
    { modelId },
  );
}

function noWeights(name: string): SextantError {
  return new SextantError("engine/invalid-input", `${name} has no weights: it is ready as it is.`, { name });
}

function unsupported(name: string, obstacle: string): SextantError {
  return new SextantError("model/unsupported", `${name} cannot be added. ${obstacle}`, { name });
}

function noPipeline(name: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `${name} is no BERT encoder, and nothing here runs other models. Choose a BERT encoder.`,
    { name },
  );
}
