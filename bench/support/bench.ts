import { parseArgs } from "node:util";
import { closestOfUnrelated, cutoffOf, passageSentences, type Rows } from "../../src/answer/index.ts";
import { createRng } from "../../src/base/rng.ts";
import { openNodeEngine } from "../../src/cli/node-engine.ts";
import type { Side } from "../../src/contract/index.ts";
import { readTexts } from "../options.ts";

/** Parts of a sentence's words that are left out. */
const LEFT_OUT = [0.2, 0.35, 0.5];

/** How often an unrelated passage may come closer than the cut-off. */
const CHANCES = [0.05, 0.02, 0.01, 0.005];

/** Sentences of fewer words are no claims. */
const LEAST_WORDS = 7;

/** How well a cut-off tells a sentence's own passage from others. Options: README.md. */
export async function bench(args: readonly string[]): Promise<object> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      corpus: { type: "string" },
      passages: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
    },
  });
  const rng = createRng(Number(values.seed));
  const texts = shuffled(await readTexts(values.corpus), rng).slice(0, Number(values.passages));
  const sentences = passageSentences(texts);
  const claims = texts.flatMap((_, passage) => {
    const long = sentences.filter(
      (one) => one.passage === passage && wordsOf(one.text).length >= LEAST_WORDS,
    );
    const chosen = long[Math.floor(rng() * long.length)];
    return chosen ? [{ passage, own: sentences.indexOf(chosen), text: chosen.text }] : [];
  });
  const engine = await openNodeEngine();
  const embed = async (side: Side, all: readonly string[]): Promise<Rows> => {
    const { dim, vectors } = await engine.face.embed({ task: "qa", side, texts: all });
    return { dim, vectors };
  };
  const keys = await embed(
    "key",
    sentences.map(({ text }) => text),
  );
  const { model } = await engine.face.status({});
  const rows = [];
  for (const side of ["key", "query"] as const) {
    const plain = await embed(
      side,
      claims.map(({ text }) => text),
    );
    const unrelated = closestOfUnrelated({
      claims: plain,
      sentences,
      keys,
      isUnrelated: (claim, passage) => claims[claim]?.passage !== passage,
    });
    const thinned = await Promise.all(
      LEFT_OUT.map((part) =>
        embed(
          side,
          claims.map(({ text }) => thin(text, part, rng)),
        ),
      ),
    );
    for (const chance of CHANCES) {
      const cutoff = cutoffOf(unrelated, chance);
      const cosine = cutoff?.cosine ?? 1;
      rows.push({
        side,
        chance,
        cosine,
        leftOut: LEFT_OUT.map((part, i) => [part, over(thinned[i] ?? plain, cosine, () => true)]),
        withoutTheSentence: over(plain, cosine, (claim, at) => claims[claim]?.own !== at),
      });
    }
  }
  await engine.close();
  return { model: model.name, passages: texts.length, claims: claims.length, rows };

  /** The part of claims whose own passage has a sentence that is closer than the cut-off. */
  function over(rows: Rows, cosine: number, counts: (claim: number, at: number) => boolean): number {
    const close = claims.filter(({ passage }, claim) =>
      closestOfUnrelated({
        claims: { dim: rows.dim, vectors: rows.vectors.subarray(claim * rows.dim, (claim + 1) * rows.dim) },
        sentences: sentences.map((one, at) => (counts(claim, at) ? one : { ...one, passage: -1 })),
        keys,
        isUnrelated: (_, candidate) => candidate === passage,
      }).some((found) => found > cosine),
    );
    return Math.round((1000 * close.length) / claims.length) / 1000;
  }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

/** A sentence with some of its words left out: said otherwise, as far as that can be made without a language model. */
function thin(text: string, part: number, rng: () => number): string {
  const kept = wordsOf(text).filter(() => rng() >= part);
  return kept.length > 0 ? kept.join(" ") : text;
}

function shuffled<T>(all: readonly T[], rng: () => number): T[] {
  const left = [...all];
  for (let i = left.length - 1; i > 0; i--) {
    const j = Math.floor(rng() * (i + 1));
    [left[i], left[j]] = [left[j] as T, left[i] as T];
  }
  return left;
}
