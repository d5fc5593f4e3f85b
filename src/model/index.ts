export { CATALOG } from "./catalog/index.ts";
export { weightMemoryBytes, type CatalogEntry, type PublishedSimilarities } from "./catalog/catalog-entry.ts";
export { mini } from "./catalog/mini.ts";
export { parseBertConfig, type BertConfig } from "./convert/graphs/bert-config.ts";
export { convertModel, type ConvertOptions } from "./convert/convert-model.ts";
export { openStored, type StoredWeights } from "./convert/stored.ts";
export type { Reference } from "./convert/reference.ts";
export type { Encoded, EncodeOptions, Encoder } from "./embed/encoder.ts";
export {
  openEncoder,
  type ArithmeticFallback,
  type OpenedEncoder,
  type OpenEncoderOptions,
} from "./embed/open-encoder.ts";
export { openPipelineEncoder, preparePipeline } from "./embed/pipeline-encoder.ts";
export { noVectors, openWordCounter } from "./embed/word-counter.ts";
export { inspectParity, leastCosine } from "./embed/parity.ts";
export type { FileInfo, Folder, FolderStore, WritableFolder } from "./folder.ts";
export { createModelLibrary, type LibraryOptions } from "./library/create-model-library.ts";
export type { KnownModel, ModelLibrary } from "./library/model-library.ts";
export { createMemoryStore } from "./store/memory-store.ts";
export { createOpfsStore } from "./store/opfs-store.ts";
export { modelInfo, weightsOf, type ModelFile, type ModelManifest } from "./manifest.ts";
export { probeGpu, type Gpu } from "./session/gpu.ts";
export { defaultThreads, loadRuntime } from "./session/runtime.ts";
export { createTextLibrary } from "./text/text-library.ts";
export { createTextModels, type TextModels } from "./text/text-models.ts";
export { HUB_ENDPOINT, parseEndpoint } from "./source/hub-access.ts";
export { createHttpFiles } from "./source/http-files.ts";
export type { ModelFiles, ReadOptions } from "./source/model-files.ts";
