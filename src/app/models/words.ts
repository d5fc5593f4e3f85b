import type { Device, Dtype, EngineStatus, ModelEntry } from "../../contract/index.ts";
import { formatBytes, formatCosine, formatCount, formatNoun } from "../parts/format.ts";
import { DEFAULT_DTYPE, type Checked } from "../state/models.ts";

/** What each precision costs and keeps, smallest weights last. Measured: docs/quantisation.md. */
export const PRECISION_WORDS = {
  q8: "q8: one byte a weight, a quarter of fp32. Nearly all hits stay as they were",
  fp16: "fp16: two bytes a weight, half of fp32. Vectors that can hardly be told from the published ones",
  fp32: "fp32: four bytes a weight. As published, nothing lost",
  q4: "q4: half a byte a weight but for word vectors, the smallest. A few more hits change places than in q8",
} as const satisfies Record<Dtype, string>;

/** The order in which precisions are offered: the usual one first. */
export const PRECISIONS = ["q8", "fp16", "fp32", "q4"] as const satisfies readonly Dtype[];

const DEVICE_NAME = { webgpu: "this GPU", wasm: "this processor" } as const satisfies Record<Device, string>;

const languages = new Intl.DisplayNames("en", { type: "language" });

/** `English, Chinese`; an unknown tag stays as it is. */
export function languageNames(tags: readonly string[]): string {
  return tags
    .map((tag) => {
      try {
        return languages.of(tag) ?? tag;
      } catch {
        return tag;
      }
    })
    .join(", ");
}

/** Something about a model and its name; what is not known is said to be unknown. */
export type Trait = readonly [name: string, value: string];

const UNKNOWN = "unknown";

/** What a model is and what it takes, on the device in use. */
export function traitsOf(entry: ModelEntry, device: Device): readonly Trait[] {
  const { dim, maxTokens, similarity, licence, downloadBytes, memoryBytes, architecture } = entry;
  if (architecture === "none")
    return [
      ["languages", "any"],
      ["vectors", "none"],
      ["download", "nothing"],
    ];
  const isHere = entry.bundled || (entry.original !== null && !isPartial(entry.original));
  const vectors = [
    dim === null ? null : formatNoun(dim, "dimension"),
    maxTokens === null ? null : `up to ${formatCount(maxTokens)} tokens`,
    similarity === "inner-product" ? "inner product" : null,
  ].filter((part) => part !== null);
  const stored = entry.variants.map((variant) => variant.dtype);
  const dtype = stored.includes(DEFAULT_DTYPE) ? DEFAULT_DTYPE : (stored[0] ?? DEFAULT_DTYPE);
  return [
    ["languages", languageNames(entry.languages) || UNKNOWN],
    ["vectors", dim === null ? UNKNOWN : vectors.join(", ")],
    ...(isHere ? [] : [["download", downloadBytes === null ? UNKNOWN : formatBytes(downloadBytes)] as const]),
    ["memory", memoryBytes === null ? UNKNOWN : `${formatBytes(memoryBytes[dtype][device])} in ${dtype}`],
    ["licence", licence === "" ? UNKNOWN : licence],
  ];
}

/** The precisions to choose from, each with the memory that the model takes in it where that is known. */
export function precisionWords({ memoryBytes }: ModelEntry, device: Device): Record<Dtype, string> {
  if (memoryBytes === null) return PRECISION_WORDS;
  const words = (dtype: Dtype): string =>
    `${PRECISION_WORDS[dtype]}. ${formatBytes(memoryBytes[dtype][device])} of memory`;
  return { q8: words("q8"), fp16: words("fp16"), fp32: words("fp32"), q4: words("q4") };
}

/** Where a model stands on this device. */
export function standingOf({ architecture, bundled, variants, original, obstacle }: ModelEntry): string {
  if (architecture === "none") return "always here";
  if (obstacle !== null) return "cannot be added";
  if (bundled) return "comes with Sextant";
  if (variants.length > 0) return "on this device";
  if (original && isPartial(original)) {
    const { doneBytes, totalBytes } = original;
    const of = totalBytes === null ? "" : ` of ${formatBytes(totalBytes)}`;
    return `partly downloaded: ${formatBytes(doneBytes)}${of}`;
  }
  return original ? "downloaded, not converted yet" : "not here";
}

/** Whether a download was cut off. */
export function isPartial({ doneBytes, totalBytes }: NonNullable<ModelEntry["original"]>): boolean {
  return totalBytes === null || doneBytes < totalBytes;
}

/** Bytes of a model on this device, without what comes with the site. */
export function keptBytes({ bundled, variants, original }: ModelEntry): number {
  if (bundled) return 0;
  return variants.reduce((sum, { sizeBytes }) => sum + sizeBytes, original?.doneBytes ?? 0);
}

/** The host that a request for a model goes to. */
export function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}

export interface Proof {
  readonly sentence: string;
  /** null when nothing was compared. */
  readonly holds: boolean | null;
}

/** Whether the open model's vectors were compared with its reference on the device in use, and how near they came. */
export function proofOf({ model, device }: EngineStatus, checked: Checked | null): Proof {
  if (model.dim === 0) return { sentence: "words only: no vectors to verify", holds: null };
  const name = DEVICE_NAME[device.used];
  const isOfThis = checked?.modelKey === model.key && checked.device === device.used;
  const least = isOfThis ? checked.check.leastCosine : null;
  const cosine = isOfThis ? checked.check.lowestCosine : device.parityCosine;
  if (cosine === null) return { sentence: `not verified on ${name} yet`, holds: null };
  if (least !== null && !(cosine >= least))
    return {
      sentence: `wrong on ${name}: cosine ${formatCosine(cosine)}, at least ${least} is needed`,
      holds: false,
    };
  return { sentence: `verified on ${name}: cosine ${formatCosine(cosine)}`, holds: true };
}

/** `stored in q8, multiplied in float16`. */
export function arithmeticOf({ model, device }: EngineStatus): string | null {
  return model.dim === 0 ? null : `stored in ${device.dtype}, multiplied in ${device.arithmetic}`;
}
