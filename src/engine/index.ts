export { createLocalEngine, type LocalEngine } from "./local-engine.ts";
export { createModelPart, type ModelPlaces } from "./model-part.ts";
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
