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
  readonly loadFull: string;
  readonly fullLoading: string;
  readonly fullFailed: string;
  readonly byFull: string;
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
  loadFull: "Search with the full model",
  fullLoading: "the full model is being loaded",
  fullFailed: "the full model could not be loaded",
  byFull: "by the full model",
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
  loadFull: "使用完整模型搜索",
  fullLoading: "正在加载完整模型",
  fullFailed: "完整模型无法加载",
  byFull: "由完整模型查询",
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
  loadFull: "Mit dem vollen Modell suchen",
  fullLoading: "das volle Modell wird geladen",
  fullFailed: "das volle Modell war nicht ladbar",
  byFull: "mit dem vollen Modell",
};

const SPOKEN: Readonly<Record<string, ElementWords>> = { en, zh, de };

/** Words of the language of a place in the page; English where that is not spoken here. */
export function elementWords(language: string): ElementWords {
  return SPOKEN[language.toLowerCase().split("-")[0] ?? ""] ?? en;
}
