/** The languages that the app speaks, each by its own name. */
export const LANGUAGES = { en: "English", zh: "中文" } as const;
export type Language = keyof typeof LANGUAGES;

/** In which direction each is written. */
export const DIRECTIONS = { en: "ltr", zh: "ltr" } as const satisfies Record<Language, "ltr" | "rtl">;

export function isLanguage(code: string | null | undefined): code is Language {
  return code !== null && code !== undefined && Object.hasOwn(LANGUAGES, code);
}

/** The first of the person's languages that the app speaks; English when it speaks none. */
export function firstSpoken(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [language] = tag.toLowerCase().split("-");
    if (isLanguage(language)) return language;
  }
  return "en";
}
