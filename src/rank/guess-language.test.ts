import { expect, test } from "vitest";
import { guessLanguage } from "./guess-language.ts";

const ENGLISH =
  "The engine reads what you have put in and it is kept on this machine for as long as you want. That is the one thing to know: nothing of it is sent, and the answers that you get are from the texts that were there. With this in mind, you can try it.";
const GERMAN =
  "Die Maschine liest, was eingegeben wird, und das bleibt auf dem Gerät. Der Text ist nicht für andere bestimmt, und die Antworten werden aus den Texten gemacht, die da sind. Das ist der Kern, und mit ihm ist die Sache nicht schwer zu verstehen; sie ist ein Werkzeug mit einer Aufgabe.";

test.each([
  ["用户可以把文档放进浏览器，然后用自己的话提问。", "zh"],
  ["在 fetch() 中传递 signal，就可以取消请求 with AbortController。", "zh"],
  ["ブラウザで文書を検索することができます。日本語の文章です。", "ja"],
  ["브라우저에서 문서를 검색할 수 있습니다.", "ko"],
  ["Как приготовить чай?", "ru"],
  ["كم من الوقت يحتاج الشاي؟", "ar"],
  [ENGLISH, "en"],
  [GERMAN, "de"],
])("%s", (text, code) => {
  expect(guessLanguage(text)?.codes).toContain(code);
});

test.each([
  "",
  "42 + 7 = 49",
  "Wie lange zieht der Tee?",
  "how to brew tea",
  "const answer = await engine.search({ collectionIds, query });\n".repeat(30),
  "π r² and Ω are signs, the α of a text",
])("nothing is said of: %s", (text) => {
  expect(guessLanguage(text)).toBeNull();
});
