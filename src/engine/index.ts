export { createLocalEngine, type LocalEngine } from "./local-engine.ts";
export { createModelPart, prepareRuntime, type ModelPlaces } from "./model-part.ts";
export type { IngestTools } from "../ingest/index.ts";
export { cutFile, keyTexts, type CutFile } from "./remote/cut-file.ts";
export { pushCorpus, type Pushed, type PushSource } from "./remote/push-corpus.ts";
export { openChroma, PATIENT, remoteNameOf } from "../remote/index.ts";
export type { EncoderPart, EngineParts, ModelPart } from "./parts.ts";
export {
  CATALOG,
  convertModel,
  createMemoryStore,
  createModelLibrary,
  createOpfsStore,
  type FolderStore,
  type KnownModel,
  type ModelManifest,
  type WritableFolder,
} from "../model/index.ts";
