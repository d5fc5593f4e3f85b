import { citedSentences, createEndpoint } from "../answer/index.ts";
import { SextantError, type EngineCalls, type Handlers, type Storage } from "../contract/index.ts";
import type { EncoderHost } from "./encoder-host.ts";
import type { TextPart } from "./parts.ts";
import { createSupporting } from "./supporting.ts";

type Answering =
  | "textModels"
  | "addTextModel"
  | "removeTextModel"
  | "answerModels"
  | "answer"
  | "checkAnswer"
  | "saveAnswer"
  | "savedAnswers"
  | "deleteAnswer";

/** The engine's calls that speak to a language model, at the address that comes with each call, and keep its answers. */
export function answerHandlers(parts: {
  readonly storage: Storage;
  readonly host: EncoderHost;
  readonly text: TextPart | undefined;
}): Pick<Handlers<EngineCalls>, Answering> {
  const { storage, text } = parts;
  const onDevice = (): TextPart => {
    if (text) return text;
    throw new SextantError("model/unsupported", "No language model runs here: ask a server.");
  };
  const supporting = createSupporting(parts);
  return {
    answerModels: (server, { signal }) => createEndpoint(server).models(signal),
    textModels: async () => text?.list() ?? [],
    addTextModel: (request, context) => onDevice().add(request, context),
    removeTextModel: async ({ id }) => onDevice().remove(id),
    async answer({ server, model, messages, sources, ...options }, { signal, emit }) {
      const wanted = { ...options, signal, onPart: emit };
      const generated = server
        ? await createEndpoint(server).generator(model).generate(messages, wanted)
        : await onDevice().generate(model, messages, wanted);
      return { ...generated, sentences: citedSentences(generated.text, sources) };
    },
    checkAnswer: (request, { signal }) => supporting.check(request, signal),
    saveAnswer: (input) => storage.saveAnswer(input),
    savedAnswers: () => storage.savedAnswers({}),
    deleteAnswer: (input) => storage.deleteAnswer(input),
  };
}
