import { SextantError, type Device, type ModelChoice } from "../contract/index.ts";
import {
  CATALOG,
  convertModel,
  createModelLibrary,
  createOpfsStore,
  createTextLibrary,
  createTextModels,
  defaultThreads,
  HUB_ENDPOINT,
  loadRuntime,
  mini,
  modelInfo,
  noVectors,
  openEncoder,
  openPipelineEncoder,
  openWordCounter,
  parseEndpoint,
  preparePipeline,
  probeGpu,
  type FolderStore,
  type Gpu,
  type OpenEncoderOptions,
  type OpenedEncoder,
} from "../model/index.ts";
import { checkModel } from "./check-model.ts";
import type { EncoderPart, ModelPart, OpenReports } from "./parts.ts";

/** Loads and compiles what computes models, which each opening needs: while the database is opened. */
export function prepareRuntime(): void {
  // An opening tries again, and has a caller to tell.
  loadRuntime(defaultThreads()).catch(() => undefined);
}

export interface ModelPlaces {
  /** Folder of the models on the site's own origin, with a slash at the end. */
  readonly siteUrl: string;
  /** Where models are kept that did not come with the site. */
  readonly store: FolderStore;
  /** Where language models are kept, in the origin private file system; absent where nothing runs them. */
  readonly textDirectory?: string;
  readonly fetchFile?: typeof fetch;
  /** The same texts get the same bits every time; a search may wait longer for an embedding that has begun. */
  readonly isSteady?: boolean;
}

/** The models of this device, each opened by the encoder that its architecture wants. */
export function createModelPart({
  siteUrl,
  store,
  textDirectory,
  fetchFile,
  isSteady = false,
}: ModelPlaces): ModelPart {
  const bundled: ModelChoice = { modelId: mini.id, dtype: "q8" };
  let access: { readonly endpoint: string; readonly token: string | null } = {
    endpoint: HUB_ENDPOINT,
    token: null,
  };
  const library = createModelLibrary({
    store,
    siteUrl,
    catalog: CATALOG,
    hub: () => access,
    convert: convertModel,
    preparePipeline,
    ...(fetchFile === undefined ? {} : { fetchFile }),
  });

  const text =
    textDirectory === undefined
      ? null
      : createTextModels({
          directory: textDirectory,
          library: createTextLibrary({ store: createOpfsStore(textDirectory), hub: () => access, fetchFile }),
        });

  return {
    bundled,
    ...(text && { text }),
    probe: async () => {
      const gpu = await probeGpu();
      gpu?.device.destroy();
      return gpu;
    },
    async info(choice) {
      if (CATALOG.some(({ id, architecture }) => id === choice.modelId && architecture === "none"))
        return null;
      return modelInfo((await library.open(choice)).manifest, choice.dtype);
    },
    async open(choice, device, reports) {
      const entry = CATALOG.find(({ id }) => id === choice.modelId);
      if (entry?.architecture === "none") {
        const { files, manifest } = await library.open(bundled);
        const opened = await openWordCounter({ entry, files, manifest });
        return { ...opened, gpuDevice: null, check: () => Promise.reject(noVectors(entry.name)) };
      }
      const { manifest, files } = await library.open(choice);
      const opened = await openOn(device, (gpu) =>
        openBy({ manifest, files, dtype: choice.dtype, gpu, isSteady }, reports),
      );
      return { ...opened, check: () => checkModel(opened, entry?.published ?? null) };
    },
    list: () => library.list(),
    add: (request, { signal, emit }) => library.add(request, { signal, onProgress: emit }),
    remove: (modelId, what) => library.remove(modelId, what),
    hub({ endpoint, token }) {
      access = {
        endpoint: endpoint === undefined ? access.endpoint : parseEndpoint(endpoint),
        token: token === undefined ? access.token : token.trim() || null,
      };
      return { endpoint: access.endpoint, hasToken: access.token !== null };
    },
  };
}

async function openBy(
  options: Pick<OpenEncoderOptions, "manifest" | "files" | "dtype" | "gpu" | "isSteady">,
  { onProgress, onFallback }: OpenReports,
): Promise<OpenedEncoder> {
  if (options.manifest.architecture === "other") return openPipelineEncoder({ ...options, onProgress });
  const opened = await openEncoder({ ...options, onProgress });
  if (opened.fallback) onFallback(opened.fallback);
  return opened;
}

/** Gives an encoder a GPU device of its own, which ends with it. Throws: `gpu/unavailable`. */
async function openOn<T extends Pick<EncoderPart, "close">>(
  device: Device,
  open: (gpu: Gpu | null) => Promise<T>,
): Promise<T & Pick<EncoderPart, "gpuDevice">> {
  if (device === "wasm") return { ...(await open(null)), gpuDevice: null };
  const gpu = await probeGpu();
  if (!gpu) throw new SextantError("gpu/unavailable", "This browser offers no WebGPU device: choose WASM.");
  try {
    const opened = await open(gpu);
    return {
      ...opened,
      gpuDevice: gpu.device,
      close: async () => {
        await opened.close();
        gpu.device.destroy();
      },
    };
  } catch (error) {
    gpu.device.destroy();
    throw error;
  }
}
