import { create } from "zustand";
import { DIRECTIONS, type Language } from "./language.ts";
import type * as zh from "./zh/index.ts";

/** Every area, as a translation holds them. */
export type Translation = typeof zh;

interface Spoken {
  readonly language: Language;
  /** null where English is spoken. */
  readonly translation: Translation | null;
}

const useSpoken = create<Spoken>(() => ({ language: "en", translation: null }));

/**
 * The texts of one area in the language spoken now: `const words = useWords("shell", shell)`.
 *
 * An area's English comes with the code that shows it; a translation is loaded whole, when it is chosen.
 */
export function useWords<A extends keyof Translation>(area: A, english: Translation[A]): Translation[A] {
  return useSpoken(({ translation }) => translation?.[area] ?? english);
}

/** The same outside a component. Ask again each time: the language may change. */
export function wordsOf<A extends keyof Translation>(area: A, english: Translation[A]): Translation[A] {
  return useSpoken.getState().translation?.[area] ?? english;
}

export function useLanguage(): Language {
  return useSpoken(({ language }) => language);
}

/** The language spoken now, outside a component. */
export function languageNow(): Language {
  return useSpoken.getState().language;
}

/** Changes the language of everything that is shown; the last call wins. */
export async function speak(language: Language): Promise<void> {
  asked = language;
  const translation = language === "en" ? null : await import("./zh/index.ts");
  if (asked !== language) return;
  useSpoken.setState({ language, translation });
  if (typeof document === "undefined") return;
  document.documentElement.lang = language;
  document.documentElement.dir = DIRECTIONS[language];
}

let asked: Language = "en";
