import { TEXTS, TITLES } from "./fields.ts";

/** What single columns are called besides, in the languages of the app. */
const OTHERS =
  "answer article caption citation comment description entry example fact feedback heading id item keyword label line message name note paragraph phrase post prompt query question quote remark reply response review sentence snippet statement story summary term text title transcript tweet utterance value word 标题 名称 文本 内容 正文 问题 答案 评论 句子 摘要 描述 备注 段落 词语".split(
    " ",
  );
const KNOWN: ReadonlySet<string> = new Set([...TITLES, ...TEXTS, ...OTHERS]);

const LONGEST_NAME = 60;

/** A name is so many times shorter than each of the rows under it, where it is not known. */
const TIMES_SHORTER = 4;

/**
 * Whether a first row names its columns. Of several each is a short text with a letter. A single one would then be any
 * short row: it is a name where it is a known one, or one word above rows of another kind, all much longer. A row that is
 * wrongly read as a name would be data lost.
 */
export function namesColumns(
  head: readonly string[],
  rows: readonly { readonly cells: readonly string[] }[],
): boolean {
  if (rows.length === 0) return false;
  if (!head.every((cell) => /\p{L}/u.test(cell) && cell.length <= LONGEST_NAME)) return false;
  const [only = ""] = head;
  if (head.length > 1) return true;
  return isKnown(only) || (isWord(only) && rows.every(({ cells }) => isMuchLonger(cells[0] ?? "", only)));
}

/** `Question`, `review_text`, `Quotes:`, but no sentence in which such a word stands. */
function isKnown(name: string): boolean {
  const words = name
    .trim()
    .replace(/:$/, "")
    .toLowerCase()
    .split(/[\s_-]+/);
  return words.length <= 2 && words.some((word) => KNOWN.has(word) || KNOWN.has(word.replace(/s$/, "")));
}

const isWord = (name: string): boolean => /^[\p{L}\p{N}_-]+:?$/u.test(name.trim());

const isMuchLonger = (cell: string, name: string): boolean =>
  cell.trim().length >= TIMES_SHORTER * name.trim().length;
