export { createLocalEngine, type LocalEngine } from "./local-engine.ts";
export { openModel } from "./open-model.ts";
export type { EncoderPart, EngineParts, ModelPart } from "./parts.ts";
export type { FolderStore, WritableFolder } from "../model/index.ts";
