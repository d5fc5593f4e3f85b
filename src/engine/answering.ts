import { citedSentences, createEndpoint } from "../answer/index.ts";
import type { EngineCalls, Handlers } from "../contract/index.ts";

/** The engine's calls that speak to a language model, at the address that comes with each call. */
export const answerHandlers: Pick<Handlers<EngineCalls>, "answerModels" | "answer"> = {
  answerModels: (server, { signal }) => createEndpoint(server).models(signal),
  async answer({ server, model, messages, sources, ...options }, { signal, emit }) {
    const generator = createEndpoint(server).generator(model);
    const generated = await generator.generate(messages, { ...options, signal, onPart: emit });
    return { ...generated, sentences: citedSentences(generated.text, sources) };
  },
};
