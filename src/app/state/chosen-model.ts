import type { AnswerRequest, AnswerServer } from "../../contract/index.ts";
import type { AnswersState, ServerState } from "./answers-state.ts";
import { hostOf } from "./host-of.ts";

/** A language model that the engine can ask. */
export interface ChosenModel extends Pick<AnswerRequest, "server" | "model"> {
  readonly name: string;
  /** The name with where it is, or how precise. */
  readonly title: string;
}

/** The server that was described; the key goes along where there is one. */
export function askedServer({ url, key }: ServerState): AnswerServer {
  return key === "" ? { url } : { url, key };
}

/** The one that was chosen; null while none is ready to be asked, and where it is not the engine that asks. */
export function chosenModel({ generator, server, device }: AnswersState): ChosenModel | null {
  if (generator === "server") {
    const { model, url } = server;
    return model === ""
      ? null
      : { server: askedServer(server), model, name: model, title: `${model} (${hostOf(url)})` };
  }
  const here = device.models?.find(({ id }) => id === device.chosen);
  if (generator !== "device" || !here) return null;
  const { id, name, dtype } = here;
  return { server: null, model: id, name, title: `${name} (${dtype})` };
}
