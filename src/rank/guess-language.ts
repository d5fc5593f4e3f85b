/** A language, or several that share a script and cannot be told apart by it. */
export interface LanguageGuess {
  /** For people. */
  readonly name: string;
  /** ISO 639-1 codes. */
  readonly codes: readonly string[];
}

const SCRIPTS: readonly (LanguageGuess & { readonly letters: RegExp })[] = [
  { name: "Japanese", codes: ["ja"], letters: /[\p{sc=Hira}\p{sc=Kana}]/gu },
  { name: "Korean", codes: ["ko"], letters: /\p{sc=Hang}/gu },
  { name: "Chinese", codes: ["zh"], letters: /\p{sc=Han}/gu },
  { name: "Cyrillic script", codes: ["ru", "uk", "be", "bg", "sr", "mk", "kk"], letters: /\p{sc=Cyrl}/gu },
  { name: "Arabic script", codes: ["ar", "fa", "ur"], letters: /\p{sc=Arab}/gu },
  { name: "Hebrew script", codes: ["he", "yi"], letters: /\p{sc=Hebr}/gu },
  { name: "Greek", codes: ["el"], letters: /\p{sc=Grek}/gu },
  { name: "Thai", codes: ["th"], letters: /\p{sc=Thai}/gu },
  { name: "Devanagari script", codes: ["hi", "mr", "ne"], letters: /\p{sc=Deva}/gu },
  { name: "Bengali", codes: ["bn"], letters: /\p{sc=Beng}/gu },
  { name: "Tamil", codes: ["ta"], letters: /\p{sc=Taml}/gu },
  { name: "Georgian", codes: ["ka"], letters: /\p{sc=Geor}/gu },
  { name: "Armenian", codes: ["hy"], letters: /\p{sc=Armn}/gu },
];

/** Words that are frequent in one of these languages and rare in the others. */
const FUNCTION_WORDS: readonly (LanguageGuess & { readonly words: string })[] = [
  { name: "English", codes: ["en"], words: "the and of is to that it with for was are this you have from" },
  {
    name: "German",
    codes: ["de"],
    words: "der die und das ist nicht ein mit den von zu sich auf eine werden",
  },
  { name: "French", codes: ["fr"], words: "le les et des est une dans que qui pour pas sur avec vous sont" },
  { name: "Spanish", codes: ["es"], words: "el los las y que una por con para del es se su como pero" },
  {
    name: "Italian",
    codes: ["it"],
    words: "il che di è per non gli una sono della con nel anche alla questo",
  },
  { name: "Portuguese", codes: ["pt"], words: "o os que não uma para com dos é em se do da mais foi" },
  { name: "Dutch", codes: ["nl"], words: "het een van en is dat niet op te zijn voor met deze wordt ook" },
];

const WORDS_BY_LANGUAGE = FUNCTION_WORDS.map(({ words, ...guess }) => ({
  guess,
  words: new Set(words.split(" ")),
}));

/** Scripts in which a sign says as much as some letters do. */
const PAIRED = new Set(["Japanese", "Korean", "Chinese"]);
const LETTERS_A_SIGN = 2.5;

/** A script that has this part of the letters decides: among it there are names and code in Latin letters. */
const SCRIPT_PART = 0.4;

/** In fewer words nothing is said about the language of Latin letters. */
const FEWEST_WORDS = 40;

/** In running text a fifth to a third of all words are these; lists and code have hardly any. */
const LEAST_PART = 0.12;

/**
 * The language of a text where its script or its commonest words give it away; null where they do not, as for short
 * texts in Latin letters.
 */
export function guessLanguage(text: string): LanguageGuess | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  let foreign = 0;
  let extra = 0;
  let most: { readonly guess: LanguageGuess; readonly count: number } | null = null;
  for (const { letters: own, name, codes } of SCRIPTS) {
    const count = text.match(own)?.length ?? 0;
    foreign += count;
    if (PAIRED.has(name)) extra += count * (LETTERS_A_SIGN - 1);
    // Japanese mixes its own letters with Han, so that a few of them say more than many of those.
    const weight = codes[0] === "ja" ? 4 * count : count;
    if (weight > (most?.count ?? 0)) most = { guess: { name, codes }, count: weight };
  }
  if (most && foreign + extra >= SCRIPT_PART * (letters + extra)) return most.guess;
  return guessByWords(text);
}

function guessByWords(text: string): LanguageGuess | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < FEWEST_WORDS) return null;
  const parts = WORDS_BY_LANGUAGE.map(({ guess, words: own }) => ({
    guess,
    part: words.filter((word) => own.has(word)).length / words.length,
  })).sort((a, b) => b.part - a.part);
  const [first, second] = parts;
  if (!first || !second || first.part < LEAST_PART || first.part < 2 * second.part) return null;
  return first.guess;
}
