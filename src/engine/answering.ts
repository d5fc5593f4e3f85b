import { citedSentences, createEndpoint } from "../answer/index.ts";
import type { EngineCalls, Handlers, Storage } from "../contract/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import { createSupporting } from "./supporting.ts";

type Answering = "answerModels" | "answer" | "checkAnswer" | "saveAnswer" | "savedAnswers" | "deleteAnswer";

/** The engine's calls that speak to a language model, at the address that comes with each call, and keep its answers. */
export function answerHandlers(parts: {
  readonly storage: Storage;
  readonly host: EncoderHost;
}): Pick<Handlers<EngineCalls>, Answering> {
  const { storage } = parts;
  const supporting = createSupporting(parts);
  return {
    answerModels: (server, { signal }) => createEndpoint(server).models(signal),
    async answer({ server, model, messages, sources, ...options }, { signal, emit }) {
      const generator = createEndpoint(server).generator(model);
      const generated = await generator.generate(messages, { ...options, signal, onPart: emit });
      return { ...generated, sentences: citedSentences(generated.text, sources) };
    },
    checkAnswer: (request, { signal }) => supporting.check(request, signal),
    saveAnswer: (input) => storage.saveAnswer(input),
    savedAnswers: () => storage.savedAnswers({}),
    deleteAnswer: (input) => storage.deleteAnswer(input),
  };
}
