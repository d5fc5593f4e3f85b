import type { Device, Dtype, ModelEntry } from "../../contract/index.ts";
import { formatBytes, formatCount, formatNoun } from "../parts/format.ts";
import { DEFAULT_DTYPE } from "../state/models.ts";
import { models } from "../words/en/models.ts";
import { languageNow, wordsOf } from "../words/words.ts";

const words = () => wordsOf("models", models);

/** The order in which precisions are offered: the usual one first. */
export const PRECISIONS = ["q8", "fp16", "fp32", "q4"] as const satisfies readonly Dtype[];

/** `English, Chinese`; an unknown tag stays as it is. */
export function languageNames(tags: readonly string[]): string {
  const languages = new Intl.DisplayNames(languageNow(), { type: "language" });
  return words().listed(
    tags.map((tag) => {
      try {
        return languages.of(tag) ?? tag;
      } catch {
        return tag;
      }
    }),
  );
}

/** Something about a model and its name; what is not known is said to be unknown. */
export type Trait = readonly [name: string, value: string];

/** What a model is and what it takes, on the device in use. */
export function traitsOf(entry: ModelEntry, device: Device): readonly Trait[] {
  const { dim, maxTokens, similarity, licence, downloadBytes, memoryBytes, architecture } = entry;
  const { traits, unknown, anyLanguage, none, nothing, innerProduct, listed, memoryIn, told, upToTokens } =
    words();
  if (architecture === "none")
    return [
      [traits.languages, anyLanguage],
      [traits.vectors, none],
      [traits.download, nothing],
    ];
  const isHere = entry.bundled || (entry.original !== null && !isPartial(entry.original));
  const vectors = [
    dim === null ? null : formatNoun(dim, "dimension"),
    maxTokens === null ? null : upToTokens(formatCount(maxTokens)),
    similarity === "inner-product" ? innerProduct : null,
  ].filter((part) => part !== null);
  const stored = entry.variants.map((variant) => variant.dtype);
  const dtype = stored.includes(DEFAULT_DTYPE) ? DEFAULT_DTYPE : (stored[0] ?? DEFAULT_DTYPE);
  return [
    [traits.languages, languageNames(entry.languages) || unknown],
    [traits.vectors, dim === null ? unknown : listed(vectors)],
    ...(isHere
      ? []
      : [[traits.download, downloadBytes === null ? unknown : formatBytes(downloadBytes)] as const]),
    [
      traits.memory,
      memoryBytes === null ? unknown : memoryIn(formatBytes(memoryBytes[dtype][device]), dtype),
    ],
    [traits.licence, licence === "" ? unknown : told(licence)],
  ];
}

/** The precisions to choose from, each with the memory that the model takes in it where that is known. */
export function precisionWords({ memoryBytes }: ModelEntry, device: Device): Record<Dtype, string> {
  const { precisions, withMemory } = words();
  if (memoryBytes === null) return precisions;
  const told = (dtype: Dtype): string =>
    withMemory(precisions[dtype], formatBytes(memoryBytes[dtype][device]));
  return { q8: told("q8"), fp16: told("fp16"), fp32: told("fp32"), q4: told("q4") };
}

/** Where a model stands on this device. */
export function standingOf({ architecture, bundled, variants, original, obstacle }: ModelEntry): string {
  const { standings, partly, partlyOf } = words();
  if (architecture === "none") return standings.always;
  if (obstacle !== null) return standings.cannot;
  if (bundled) return standings.bundled;
  if (variants.length > 0) return standings.here;
  if (original && isPartial(original)) {
    const { doneBytes, totalBytes } = original;
    const done = formatBytes(doneBytes);
    return totalBytes === null ? partly(done) : partlyOf(done, formatBytes(totalBytes));
  }
  return original ? standings.unconverted : standings.absent;
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
