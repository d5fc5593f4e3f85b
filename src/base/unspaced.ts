/** Letters of Chinese, Japanese, Korean and Thai, whose text has no spaces between words: for a class of a `RegExp`. */
export const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}\u30fc`;
