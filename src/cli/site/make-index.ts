import type { Engine, ModelInfo } from "../../contract/index.ts";
import {
  cutPassages,
  principalAxes,
  projected,
  titleOf,
  writeSite,
  type LanguageParts,
  type SiteFiles,
  type SitePage,
  type SitePassage,
} from "../../site/index.ts";
import { teachTable } from "../../train/index.ts";
import type { Embedders } from "../embedders.ts";
import type { Report } from "../report.ts";
import { openKeptVectors, type KeptVectors } from "./kept-vectors.ts";

/** Dimensions that are kept of a model's vectors; docs/formats/site-index.md has what others would cost. */
export const SITE_DIM = 96;

export interface IndexParts {
  readonly pages: readonly SitePage[];
  readonly engine: Pick<Engine, "embed">;
  /** Those of the passages. */
  readonly embedders: Pick<Embedders, "embed" | "atOnce">;
  /** The one that is open; languages that it knows are empty or `any` for all. */
  readonly model: Pick<ModelInfo, "id" | "key" | "languages">;
  readonly dim: number;
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly report: Pick<Report, "say">;
}

export interface MadeIndex {
  readonly files: SiteFiles;
  readonly passages: number;
  /** Passages that the cache did not know. */
  readonly embedded: number;
  /** Passages by language; 0 where the model does not know it. */
  readonly languages: Readonly<Record<string, number>>;
}

/** Passages of the pages, by the language that the pages say. */
export function passagesByLanguage(pages: readonly SitePage[]): Map<string, SitePassage[]> {
  const found = new Map<string, SitePassage[]>();
  for (const page of pages) {
    const own = found.get(page.language) ?? [];
    found.set(page.language, own);
    for (const passage of cutPassages(page)) own.push(passage);
  }
  return found;
}

/** Embeds a site's passages, teaches a query table for each language and makes the files. */
export async function makeIndex(parts: IndexParts): Promise<MadeIndex> {
  const { pages, embedders, model, cache, signal, report } = parts;
  const kept = await openKeptVectors(cache, model.key);
  const all = passagesByLanguage(pages);
  const known = [...all].filter(([language]) => knows(model.languages, language));
  const texts = known.flatMap(([, passages]) => passages.map(textOf));
  let done = 0;
  const embedded = await kept.vectorsOf(texts, {
    atOnce: embedders.atOnce,
    async embed(part) {
      signal.throwIfAborted();
      const made = await embedders.embed(part);
      done += part.length;
      report.say("embedding passages", `${done} of ${texts.length}`);
      return made;
    },
  });
  await kept.tidy();
  const made = new Map<string, LanguageParts | null>([...all.keys()].map((language) => [language, null]));
  let first = 0;
  for (const [language, passages] of known) {
    const end = first + passages.length;
    const vectors = embedded.vectors.subarray(first * embedded.dim, end * embedded.dim);
    made.set(language, await teach(passages, { ...embedded, vectors }, parts));
    first = end;
  }
  const sizes = [...made].map(([language, own]) => [language, own?.passages.length ?? 0] as const);
  return {
    files: await writeSite({ model: model.id, languages: made }),
    passages: texts.length,
    embedded: embedded.embedded,
    languages: Object.fromEntries(sizes),
  };
}

async function teach(
  passages: readonly SitePassage[],
  { vectors, dim: modelDim }: Awaited<ReturnType<KeptVectors["vectorsOf"]>>,
  { dim, engine, signal, report }: IndexParts,
): Promise<LanguageParts> {
  const axes = principalAxes(vectors, modelDim, Math.min(dim, modelDim));
  const own = projected(vectors, axes);
  const onProgress = (part: number): void => report.say("learning the words", `${Math.round(part * 100)} %`);
  const table = await teachTable({
    passages: passages.map((passage, id) => ({ id, title: titleOf(passage), text: passage.text })),
    vectors: own,
    dim: axes.toDim,
    encode: async (texts) => {
      const embedded = await engine.embed({ task: "qa", side: "query", texts }, { signal });
      return projected(embedded.vectors, axes);
    },
    signal,
    onProgress,
  });
  return { passages, vectors: own, axes, rowByWord: table.rowByWord, wordVectors: table.vectors };
}

function textOf(passage: SitePassage): string {
  return `${titleOf(passage)} ${passage.text}`;
}

/** A page that does not say its language is taken for one that the model knows. */
function knows(languages: readonly string[], language: string): boolean {
  const primary = language.split("-")[0] ?? "";
  return (
    languages.length === 0 ||
    primary === "" ||
    ["any", language, primary].some((one) => languages.includes(one))
  );
}
