import {
  isDtype,
  isTaskId,
  KINDS,
  SextantError,
  type CorpusMake,
  type CorpusSeal,
} from "../contract/index.ts";

/** A collection's metadata on the server: flat, of scalars. Source: docs/formats/chroma.md. */
export type Flat = Readonly<Record<string, string | number | boolean>>;

const FORMAT = 1;
const SEPARATOR = "\n";

export function makeToFlat(make: CorpusMake, sealed: CorpusSeal | null): Flat {
  return {
    "sextant:format": FORMAT,
    "sextant:name": make.name,
    "sextant:kind": make.kind,
    "sextant:task": make.task,
    "sextant:model": make.modelId,
    "sextant:model-key": make.modelKey,
    "sextant:dtype": make.dtype,
    "sextant:dim": make.dim,
    "sextant:similarity": make.similarity,
    "sextant:chunkers": (sealed ?? make).chunkers.join(SEPARATOR),
    ...(sealed && { "sextant:passages": sealed.passages, "sextant:digest": sealed.digest }),
  };
}

/** What a collection on a server is made of; null for one that is not Sextant's. Throws: `remote/other-version`. */
export function flatToMake(
  flat: Readonly<Record<string, unknown>>,
): { make: CorpusMake; sealed: CorpusSeal | null } | null {
  const format = flat["sextant:format"];
  if (format === undefined) return null;
  const text = (name: string): string => {
    const value = flat[`sextant:${name}`];
    return typeof value === "string" ? value : "";
  };
  const whole = (name: string): number => {
    const value = flat[`sextant:${name}`];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : -1;
  };
  const kind = KINDS.find((one) => one === text("kind"));
  const task = text("task");
  const dtype = text("dtype");
  const similarity = text("similarity");
  const dim = whole("dim");
  if (
    format !== FORMAT ||
    !kind ||
    !isTaskId(task) ||
    !isDtype(dtype) ||
    (similarity !== "cosine" && similarity !== "inner-product") ||
    dim < 1
  )
    throw new SextantError(
      "remote/other-version",
      "This collection was pushed by another version of Sextant. Update Sextant, or push it anew under another name.",
      { format: typeof format === "number" ? format : null },
    );
  const chunkers = text("chunkers")
    .split(SEPARATOR)
    .filter((one) => one !== "");
  const make = {
    name: text("name"),
    kind,
    task,
    modelId: text("model"),
    modelKey: text("model-key"),
    dtype,
    dim,
    similarity,
    chunkers,
  } as const;
  const sealed = { passages: whole("passages"), digest: text("digest"), chunkers };
  return { make, sealed: sealed.passages >= 0 && sealed.digest !== "" ? sealed : null };
}

/** Vectors of another make never meet these. Throws: `remote/other-model`. */
export function requireSameMake(
  there: CorpusMake,
  wanted: Pick<CorpusMake, "modelKey" | "task" | "kind" | "dim">,
  remoteName: string,
): void {
  const said = (make: typeof wanted): string => `${make.modelKey}, ${make.task}, ${make.dim} dimensions`;
  if (
    there.modelKey === wanted.modelKey &&
    there.task === wanted.task &&
    there.kind === wanted.kind &&
    there.dim === wanted.dim
  )
    return;
  throw new SextantError(
    "remote/other-model",
    `“${remoteName}” on the server holds vectors of ${said(there)}; these are of ${said(wanted)}. Open that model, or choose another name there.`,
    { there: there.modelKey, wanted: wanted.modelKey, thereTask: there.task, wantedTask: wanted.task },
  );
}
