import type { ModelInfo, SearchResult, Storage } from "../contract/index.ts";
import { guessLanguage, type LanguageGuess } from "../rank/index.ts";

/** Passages that a collection's language is guessed from. */
const SAMPLE = 40;

/** Finds the collections whose vectors would be noise, since the model does not know their language or the query's. */
export interface WordsOnly {
  among(
    collectionIds: readonly number[],
    query: string,
    model: Pick<ModelInfo, "languages">,
  ): Promise<SearchResult["wordsOnly"]>;
}

/**
 * Text in a language that the model does not list is answered by keywords alone: on a Chinese set with an English model
 * the fusion of both halves had nDCG@10 .540, keywords alone .952 (training/README.md, adaptation spike).
 */
export function createWordsOnly(storage: Storage): WordsOnly {
  const guesses = new Map<string, Promise<LanguageGuess | null>>();

  async function languageOf(collectionId: number): Promise<LanguageGuess | null> {
    const { total } = await storage.listPassages({ collectionId, offset: 0, limit: 1 });
    // What doubles in size may have become another collection.
    const name = `${collectionId} ${Math.ceil(Math.log2(total + 1))}`;
    let guess = guesses.get(name);
    if (!guess) {
      const offset = Math.max(0, Math.floor((total - SAMPLE) / 2));
      guess = storage
        .listPassages({ collectionId, offset, limit: SAMPLE })
        .then(({ passages }) => guessLanguage(passages.map(({ text }) => text).join("\n")));
      guesses.set(name, guess);
      guess.catch(() => guesses.delete(name));
    }
    return guess;
  }

  return {
    async among(collectionIds, query, { languages }) {
      if (languages.length === 0 || languages.includes("any")) return [];
      const unknown = (guess: LanguageGuess | null): string | null =>
        guess && !guess.codes.some((code) => languages.includes(code)) ? guess.name : null;
      const asked = unknown(guessLanguage(query));
      const found = [];
      for (const collectionId of collectionIds) {
        const language = asked ?? unknown(await languageOf(collectionId));
        if (language !== null) found.push({ collectionId, language });
      }
      return found;
    },
  };
}
