export { createLocalEngine, type LocalEngine } from "./local-engine.ts";
export { openModel } from "./open-model.ts";
export type { EncoderPart, EngineParts, ModelPart } from "./parts.ts";
export {
  convertModel,
  createModelLibrary,
  type FolderStore,
  type KnownModel,
  type ModelManifest,
  type WritableFolder,
} from "../model/index.ts";
