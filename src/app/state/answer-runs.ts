import {
  toSextantError,
  type ChatMessage,
  type FunctionSpec,
  type Generated,
  type GeneratedPart,
  type TaskId,
} from "../../contract/index.ts";
import { answersState as english } from "../words/en/answers-state.ts";
import { wordsOf } from "../words/words.ts";
import { partsOf } from "./answer-parts.ts";
import type { AnswerRun } from "./answers-state.ts";
import { chosenModel } from "./chosen-model.ts";
import type { SliceContext } from "./slice.ts";

interface Asking {
  readonly messages: readonly ChatMessage[];
  readonly functions: readonly FunctionSpec[];
  readonly sources: number;
  readonly signal: AbortSignal;
  readonly onPart: (part: GeneratedPart) => void;
}

export interface AnswerRuns {
  ask(task: TaskId): Promise<void>;
  stop(task: TaskId): void;
  /** Stops it, and shows nothing of it any more. */
  letGo(task: TaskId): void;
}

/** Puts prompts to the chosen model and shows what comes, frame by frame. */
export function createAnswerRuns(context: SliceContext): AnswerRuns {
  const { engine, environment, read, write } = context;
  const stops = new Map<TaskId, AbortController>();
  let lastId = 0;

  const put = (task: TaskId, run: AnswerRun): void =>
    write("answers", { runs: { ...read().answers.runs, [task]: run } });

  /** Asks the chosen one; null while none is ready to be asked. */
  function asker(): { readonly name: string; ask(asking: Asking): Promise<Generated> } | null {
    const { builtIn } = environment;
    if (read().answers.generator === "browser" && builtIn !== null)
      return {
        name: "LanguageModel",
        ask: ({ messages, signal, onPart }) => builtIn.generate(messages, { signal, onPart }),
      };
    const chosen = chosenModel(read().answers);
    if (chosen === null) return null;
    const { server, model, title } = chosen;
    return {
      name: title,
      ask: ({ functions, signal, onPart, ...request }) =>
        engine.answer(
          { server, model, ...request, ...(server !== null && { functions }) },
          { signal, onEvent: onPart },
        ),
    };
  }

  return {
    async ask(task) {
      const parts = partsOf(read(), task);
      const chosen = asker();
      if (!parts || !chosen) return;
      stops.get(task)?.abort();
      const stop = new AbortController();
      stops.set(task, stop);
      let run: AnswerRun = {
        id: ++lastId,
        phase: "answering",
        record: { ...parts, model: chosen.name, text: "", calls: [], check: null, isPart: false },
        thought: "",
        finish: null,
        failure: null,
        wasStopped: false,
        savedId: null,
      };
      let text = "";
      let thought = "";
      let frameAsked = false;
      const isLatest = (): boolean => stops.get(task) === stop;
      const show = (patch: Partial<AnswerRun>): void => {
        run = { ...run, ...patch, record: { ...run.record, ...patch.record } };
        if (isLatest()) put(task, run);
      };
      const showText = (): void => {
        frameAsked = false;
        if (run.phase === "answering") show({ thought, record: { ...run.record, text } });
      };
      show({});
      try {
        const { messages, functions, sources } = parts;
        const generated = await chosen.ask({
          messages,
          functions,
          sources: sources.length,
          signal: stop.signal,
          onPart(part) {
            if (part.type === "text") text += part.text;
            else thought += part.text;
            if (!frameAsked) environment.nextFrame(showText);
            frameAsked = true;
          },
        });
        const { calls, finish } = generated;
        const record = { ...run.record, text: generated.text, calls, isPart: finish === "length" };
        show({ phase: "checking", thought, finish, record });
      } catch (error) {
        const wasStopped = stop.signal.aborted;
        const { code, message } = toSextantError(error);
        show({
          phase: "checking",
          thought,
          wasStopped,
          failure: wasStopped ? null : { code, message },
          record: { ...run.record, text, isPart: true },
        });
      }
      await check();
      if (isLatest() && !run.record.isPart) await context.actions.talk.remember(run.record);

      async function check(): Promise<void> {
        const { text: said, sources } = run.record;
        const passageIds = sources.map(({ passageId }) => passageId);
        try {
          const found = said.trim() === "" ? null : await engine.checkAnswer({ text: said, passageIds });
          show({ phase: "done", record: { ...run.record, check: found } });
        } catch (error) {
          show({ phase: "done" });
          context.actions.jobs.fail(wordsOf("answersState", english).checking, error);
        }
      }
    },
    stop(task) {
      stops.get(task)?.abort();
    },
    letGo(task) {
      stops.get(task)?.abort();
      stops.delete(task);
    },
  };
}
