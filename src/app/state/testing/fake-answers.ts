import { SextantError, type CallOptions, type Engine, type SavedAnswer } from "../../../contract/index.ts";

type Called = <I, E, O>(
  name: string,
  work: (input: I, options: CallOptions<E>) => O | Promise<O>,
) => (input: I, options?: CallOptions<E>) => Promise<O>;

type Answering =
  | "answerModels"
  | "answer"
  | "textModels"
  | "addTextModel"
  | "removeTextModel"
  | "checkAnswer"
  | "saveAnswer"
  | "savedAnswers"
  | "deleteAnswer";

/** The half of a fake engine that answers: a server with one model that says nothing. */
export function createFakeAnswers(called: Called): Pick<Engine, Answering> {
  const savedAnswers: SavedAnswer[] = [];
  let lastId = 0;
  return {
    answerModels: called("answerModels", () => ["tiny"]),
    answer: called("answer", () => {
      const counts = { promptTokens: null, answerTokens: null };
      return { text: "", calls: [], finish: "stop" as const, sentences: [], ...counts };
    }),
    textModels: called("textModels", () => []),
    addTextModel: called("addTextModel", () => {
      throw new SextantError("model/unsupported", "No language model runs here.");
    }),
    removeTextModel: called("removeTextModel", () => undefined),
    checkAnswer: called("checkAnswer", ({ text }) => {
      const cited = [...text.matchAll(/\[(\d)\]/g)].map(([, number]) => Number(number));
      const closest = { source: cited[0] ?? 1, cosine: 0.8, start: 0, end: 5 };
      const sentence = { start: 0, end: text.length, text, sources: cited, unknown: [], closest };
      return {
        sentences: [{ ...sentence, isClose: true }],
        cutoff: { cosine: 0.6, chance: 0.05, pairs: 400 },
      };
    }),
    saveAnswer: called("saveAnswer", ({ record }) => {
      const saved = { id: ++lastId, savedAt: "2026-01-01T00:00:00.000Z", record };
      savedAnswers.unshift(saved);
      return saved;
    }),
    savedAnswers: called("savedAnswers", () => [...savedAnswers]),
    deleteAnswer: called("deleteAnswer", ({ answerId }) => {
      savedAnswers.splice(
        savedAnswers.findIndex(({ id }) => id === answerId),
        1,
      );
    }),
  };
}
