import { isSextantError, type ModelDescription } from "../../contract/index.ts";
import type { FolderStore, WritableFolder } from "../folder.ts";
import { MANIFEST_PATH, type ModelManifest } from "../manifest.ts";
import { below } from "./below.ts";
import type { KnownFile } from "./model-library.ts";
import { parseManifest } from "./parse-manifest.ts";

/** What is being fetched for a model: written before its weights, so that half of them are known for what they are. */
export interface SourceRecord {
  readonly description: ModelDescription;
  /** The large files; paths from the model's folder. */
  readonly weights: readonly KnownFile[];
}

/** One model's folder in the store. */
export interface StoredModel {
  readonly folder: WritableFolder;
  /** The files as they were published. */
  readonly original: WritableFolder;
  /** null when no precision was ever finished. */
  readManifest(): Promise<ModelManifest | null>;
  writeManifest(manifest: ModelManifest): Promise<void>;
  readSource(): Promise<SourceRecord | null>;
  writeSource(source: SourceRecord): Promise<void>;
  removeSource(): Promise<void>;
  removeAll(): Promise<void>;
}

export const ORIGINAL = "original/";
const SOURCE_PATH = "source.json";
/** Holds the manifest while `sextant.json` is being written, which may be cut off. */
const NEXT_PATH = "sextant.next.json";

export function openStoredModel(store: FolderStore, modelId: string): StoredModel {
  const name = folderName(modelId);
  const folder = store.folder(name);

  async function readText(path: string): Promise<string | null> {
    try {
      const source = await folder.open(path);
      return new TextDecoder().decode(await source.read(0, source.sizeBytes));
    } catch (error) {
      if (isSextantError(error, "model/not-found")) return null;
      throw error;
    }
  }
  async function readManifestAt(path: string): Promise<ModelManifest | null> {
    const text = await readText(path);
    if (text === null) return null;
    try {
      return parseManifest(text);
    } catch (error) {
      if (isSextantError(error, "model/corrupt")) return null;
      throw error;
    }
  }
  async function writeJson(path: string, json: object): Promise<void> {
    const sink = await folder.create(path);
    try {
      await sink.write(new TextEncoder().encode(`${JSON.stringify(json, null, 1)}\n`));
    } finally {
      await sink.close();
    }
  }

  return {
    folder,
    original: below(folder, ORIGINAL),
    // It may be written at this moment: then first the one, then the other is whole.
    readManifest: async () =>
      (await readManifestAt(MANIFEST_PATH)) ??
      (await readManifestAt(NEXT_PATH)) ??
      readManifestAt(MANIFEST_PATH),
    async writeManifest(manifest) {
      // Of the two, the one that is whole is never the first to be written over.
      if ((await readManifestAt(MANIFEST_PATH)) !== null) await writeJson(NEXT_PATH, manifest);
      await writeJson(MANIFEST_PATH, manifest);
      await folder.remove(NEXT_PATH);
    },
    async readSource() {
      const text = await readText(SOURCE_PATH);
      try {
        return text === null ? null : (JSON.parse(text) as SourceRecord);
      } catch {
        return null;
      }
    },
    writeSource: (source) => writeJson(SOURCE_PATH, source),
    removeSource: () => folder.remove(SOURCE_PATH),
    removeAll: () => store.remove(name),
  };
}

/** Ids of the models that have a folder. */
export async function storedIds(store: FolderStore): Promise<readonly string[]> {
  return (await store.names()).map((name) =>
    name.replaceAll(/%([0-9A-F]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}

/** A model's id as the name of a folder on any system: `BAAI/llm-embedder` is `BAAI%002Fllm-embedder`. */
export function folderName(modelId: string): string {
  return modelId.replaceAll(
    /[^A-Za-z0-9_-]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`,
  );
}
