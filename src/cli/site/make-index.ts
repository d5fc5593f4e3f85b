import type { Engine } from "../../contract/index.ts";
import {
  principalAxes,
  projected,
  titleOf,
  writeSite,
  type SiteFiles,
  type SitePassage,
} from "../../site/index.ts";
import type { Report } from "../report.ts";
import { openKeptVectors } from "./kept-vectors.ts";
import { teachTable } from "./teach-table.ts";

export interface IndexParts {
  readonly passages: readonly SitePassage[];
  readonly engine: Pick<Engine, "embed">;
  readonly model: string;
  readonly dtype: string;
  readonly dim: number;
  readonly cache: string;
  readonly signal: AbortSignal;
  readonly report: Pick<Report, "say">;
}

export interface MadeIndex {
  readonly files: SiteFiles;
  /** Passages that the cache did not know. */
  readonly embedded: number;
}

/** Embeds a site's passages, teaches its query table and makes the files. */
export async function makeIndex(parts: IndexParts): Promise<MadeIndex> {
  const { passages, engine, model, dtype, dim, cache, signal, report } = parts;
  const kept = await openKeptVectors(cache, `${model}-${dtype}`);
  let done = 0;
  const embedded = await kept.vectorsOf(
    passages.map((passage) => `${titleOf(passage)} ${passage.text}`),
    async (texts) => {
      signal.throwIfAborted();
      const made = await engine.embed({ task: "qa", side: "key", texts }, { signal });
      done += texts.length;
      report.say("embedding passages", `${done} of ${passages.length}`);
      return made;
    },
  );
  await kept.tidy();
  const axes = principalAxes(embedded.vectors, embedded.dim, Math.min(dim, embedded.dim));
  const vectors = projected(embedded.vectors, axes);
  const onProgress = (part: number): void => report.say("learning the words", `${Math.round(part * 100)} %`);
  const table = await teachTable(passages, vectors, { axes, engine, signal, onProgress });
  const files = await writeSite({
    model,
    passages,
    vectors,
    axes,
    rowByWord: table.rowByWord,
    wordVectors: table.vectors,
  });
  return { files, embedded: embedded.embedded };
}
