/** What the element says. */
export interface ElementWords {
  readonly label: string;
  readonly placeholder: string;
  readonly searching: string;
  readonly nothing: (question: string) => string;
  readonly found: (pages: number) => string;
  readonly keywordsOnly: string;
  readonly meaningOnly: string;
  readonly failed: string;
  readonly more: string;
}

const en: ElementWords = {
  label: "Search this site",
  placeholder: "Ask, or type words",
  searching: "Searching…",
  nothing: (question) => `Nothing found for “${question}”`,
  found: (pages) => (pages === 1 ? "1 page" : `${pages} pages`),
  keywordsOnly: "by words only: the index for meaning could not be read",
  meaningOnly: "by meaning only: the index for words could not be read",
  failed: "The search index could not be read.",
  more: "More results",
};

const zh: ElementWords = {
  label: "搜索本站",
  placeholder: "提问，或输入关键词",
  searching: "正在搜索…",
  nothing: (question) => `没有找到“${question}”`,
  found: (pages) => `${pages} 个页面`,
  keywordsOnly: "仅按关键词：语义索引无法读取",
  meaningOnly: "仅按语义：关键词索引无法读取",
  failed: "搜索索引无法读取。",
  more: "更多结果",
};

const de: ElementWords = {
  label: "Diese Website durchsuchen",
  placeholder: "Frage oder Wörter",
  searching: "Suche läuft …",
  nothing: (question) => `Nichts gefunden für „${question}“`,
  found: (pages) => (pages === 1 ? "1 Seite" : `${pages} Seiten`),
  keywordsOnly: "nur nach Wörtern: der Index für Bedeutung war nicht lesbar",
  meaningOnly: "nur nach Bedeutung: der Index für Wörter war nicht lesbar",
  failed: "Der Suchindex war nicht lesbar.",
  more: "Weitere Ergebnisse",
};

const SPOKEN: Readonly<Record<string, ElementWords>> = { en, zh, de };

/** Words of the language of a place in the page; English where that is not spoken here. */
export function elementWords(language: string): ElementWords {
  return SPOKEN[language.toLowerCase().split("-")[0] ?? ""] ?? en;
}
