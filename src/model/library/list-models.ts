import { DTYPES, type ModelEntry, type ModelVariant } from "../../contract/index.ts";
import { weightMemoryBytes } from "../catalog/catalog-entry.ts";
import type { FolderStore } from "../folder.ts";
import type { ModelManifest } from "../manifest.ts";
import { descriptionOf } from "./describe.ts";
import type { KnownModel } from "./model-library.ts";
import { openStoredModel, storedIds, type SourceRecord, type StoredModel } from "./stored-model.ts";

/** What the person can choose from: the catalog, with what of it lies here, then what was added beyond it. */
export async function listModels(
  store: FolderStore,
  catalog: readonly KnownModel[],
): Promise<readonly ModelEntry[]> {
  const ids = await storedIds(store);
  const known = new Set(catalog.map(({ id }) => id));
  const entries: ModelEntry[] = [];
  for (const model of catalog) {
    const here = ids.includes(model.id) ? await lookInto(openStoredModel(store, model.id)) : NOTHING;
    const variants = [model.bundled, here.manifest].flatMap(variantsOf);
    entries.push({
      ...descriptionOf(model),
      dim: model.dim ?? here.manifest?.dim ?? null,
      maxTokens: model.maxTokens ?? here.manifest?.maxTokens ?? null,
      bundled: model.bundled !== null,
      about: model.about,
      downloadBytes: downloadBytes(model.files) ?? model.downloadBytes ?? null,
      memoryBytes: typeof model.parameters === "number" ? weightMemoryBytes(model.parameters) : null,
      obstacle: model.obstacle ?? null,
      variants,
      original: here.original,
    });
  }
  for (const id of ids.filter((candidate) => !known.has(candidate))) {
    const { manifest, record, original } = await lookInto(openStoredModel(store, id));
    const description = manifest ?? record?.description;
    if (!description) continue;
    entries.push({
      ...descriptionOf(description),
      bundled: false,
      about: description.repository === null ? "Added from files." : "Added from the hub.",
      downloadBytes: record ? downloadBytes(record.weights) : null,
      memoryBytes: null,
      obstacle: null,
      variants: variantsOf(manifest),
      original,
    });
  }
  return entries;
}

interface Found {
  readonly manifest: ModelManifest | null;
  readonly record: SourceRecord | null;
  readonly original: ModelEntry["original"];
}

const NOTHING: Found = { manifest: null, record: null, original: null };

async function lookInto(stored: StoredModel): Promise<Found> {
  const manifest = await stored.readManifest();
  const record = await stored.readSource();
  const sizeByPath = new Map((await stored.folder.list()).map(({ path, sizeBytes }) => [path, sizeBytes]));
  const made = new Set(Object.values(manifest?.weights ?? {}).map(({ path }) => path));
  const weights = (record?.weights ?? []).filter(({ path }) => sizeByPath.has(path) && !made.has(path));
  if (weights.length === 0) return { manifest, record, original: null };
  const sum = (sizes: readonly number[]): number => sizes.reduce((total, size) => total + size, 0);
  const doneBytes = sum(weights.map(({ path }) => sizeByPath.get(path) ?? 0));
  const all = weights.map(({ sizeBytes }) => sizeBytes);
  const totalBytes = all.every((size) => size !== null) ? sum(all) : null;
  return { manifest, record, original: { doneBytes, totalBytes } };
}

/** From the largest precision to the smallest. */
function variantsOf(manifest: ModelManifest | null): ModelVariant[] {
  return DTYPES.flatMap((dtype) => {
    const file = manifest?.weights[dtype];
    return file ? [{ dtype, sizeBytes: file.sizeBytes, sha256: file.sha256 }] : [];
  });
}

function downloadBytes(
  files: readonly { readonly path: string; readonly sizeBytes: number | null }[],
): number | null {
  const weights = files.find(({ path }) => /\.(safetensors|bin|onnx)$/.test(path));
  return weights?.sizeBytes ?? null;
}
