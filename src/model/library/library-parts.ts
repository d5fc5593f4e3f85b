import { SextantError, type AddModelProgress, type Dtype, type Prefixes } from "../../contract/index.ts";
import type { FolderStore } from "../folder.ts";
import type { ModelManifest } from "../manifest.ts";
import type { DownloadProgress } from "../source/download.ts";
import type { HubAccess } from "../source/hub-access.ts";
import type { AddContext, ConvertModel, KnownModel, PreparePipeline } from "./model-library.ts";
import type { FindRoom } from "./room.ts";

/** What the library works with. */
export interface LibraryParts {
  readonly store: FolderStore;
  readonly catalog: readonly KnownModel[];
  /** Folder of the models on the site's own origin, with a slash at its end; null where there is none. */
  readonly siteUrl: string | null;
  readonly hub: () => HubAccess;
  readonly convert: ConvertModel;
  readonly preparePipeline: PreparePipeline;
  readonly fetchFile: typeof fetch;
  readonly findRoom: FindRoom;
}

/** What a request asks of a model, whatever its origin. */
export interface Wish {
  readonly dtype: Dtype;
  readonly pooling?: "cls" | "mean";
  readonly prefixes?: Prefixes;
}

/** A function that reports on one file in one phase. */
export function reportOn(
  { onProgress }: AddContext,
  phase: AddModelProgress["phase"],
  file: string,
): (progress: Partial<DownloadProgress>) => void {
  const nothing = { doneBytes: 0, totalBytes: null, bytesPerSecond: null, secondsLeft: null };
  return (progress) => onProgress?.({ phase, file, ...nothing, ...progress });
}

/**
 * Whether a model is here as it is wished.
 *
 * Throws: `engine/invalid-input` when it is here and pools or prefixes otherwise: under one id there is one model.
 */
export function isHere(manifest: ModelManifest | null, wish: Wish): boolean {
  if (manifest === null) return false;
  assertSame(manifest, wish, "is on this device", "Remove it first, then add it in the other way.");
  return manifest.weights[wish.dtype] !== undefined;
}

/** What is asked of another precision of a model that is here: to be as those are. */
export function settle(manifest: ModelManifest | null, wish: Wish): Wish {
  return manifest ? { ...wish, pooling: manifest.pooling, prefixes: manifest.prefixes } : wish;
}

/** Throws: `engine/invalid-input` when a wish contradicts what the catalog knows. */
export function assertAsKnown(known: KnownModel | undefined, wish: Wish): void {
  if (known) assertSame(known, wish, "is in the catalog", "Leave pooling and instructions out.");
}

function assertSame(
  model: Pick<ModelManifest, "id" | "name" | "pooling" | "prefixes">,
  { pooling = model.pooling, prefixes = model.prefixes }: Wish,
  where: string,
  act: string,
): void {
  const same =
    pooling === model.pooling && JSON.stringify(sides(prefixes)) === JSON.stringify(sides(model.prefixes));
  if (same) return;
  throw new SextantError(
    "engine/invalid-input",
    `${model.name} ${where} with other pooling or other instructions. ${act}`,
    { modelId: model.id, pooling: model.pooling },
  );
}

const sides = (prefixes: Prefixes): readonly string[] =>
  prefixes === "tasks" ? ["tasks"] : [prefixes.query, prefixes.key];
