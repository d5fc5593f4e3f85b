import {
  textOfQuery,
  toSextantError,
  type AddTextModelProgress,
  type AddTextModelRequest,
  type AnswerRecord,
  type ChatMessage,
  type TaskId,
} from "../../contract/index.ts";
import { answersState as english } from "../words/en/answers-state.ts";
import { shell } from "../words/en/shell.ts";
import { wordsOf } from "../words/words.ts";
import { partsOf } from "./answer-parts.ts";
import type { AnswerRuns } from "./answer-runs.ts";
import {
  SERVER_PREFERENCE,
  type GeneratorKind,
  type AnswerFault,
  type ServerState,
  type BrowserState,
  type DeviceState,
  type AnswerRun,
  type AnswersState,
} from "./answers-state.ts";
import { askedServer } from "./chosen-model.ts";
import type { SliceContext } from "./slice.ts";
import { isTalking } from "./talk.ts";

export interface AnswersActions {
  show(pane: AnswersState["pane"]): void;
  choose(generator: GeneratorKind | null): void;
  describeServer(change: Partial<Pick<ServerState, "url" | "key" | "model">>): void;
  /** Asks the server for its models: the first time that it is contacted. */
  listModels(): Promise<void>;
  /** Gets the browser's model, which the person has agreed to. */
  fetchBrowserModel(): Promise<void>;
  chooseDeviceModel(id: string): void;
  /** Gets a language model from the hub or from files; what came is kept when it is stopped. */
  getDeviceModel(request: AddTextModelRequest): Promise<void>;
  stopGetting(): void;
  removeDeviceModel(id: string): Promise<void>;
  /** Asks the browser's model how much of its window the prompt would take. */
  measure(task: TaskId): Promise<void>;
  edit(task: TaskId, messages: readonly ChatMessage[]): void;
  /** Lets go of the person's own words: the prompt is again what the hits make of it. */
  followHits(task: TaskId): void;
  ask(task: TaskId): Promise<void>;
  stop(task: TaskId): void;
  save(task: TaskId): Promise<void>;
  loadSaved(): Promise<void>;
  remove(answerId: number): Promise<void>;
  /** Puts a question once more, to today's passages. */
  askAgain(record: AnswerRecord): Promise<void>;
}

export function createAnswersActions(context: SliceContext): AnswersActions {
  const { engine, environment, read, write } = context;
  let runs: Promise<AnswerRuns> | undefined;
  /** What asks is loaded with the first question. */
  const openRuns = (): Promise<AnswerRuns> =>
    (runs ??= import("./answer-runs.ts").then(({ createAnswerRuns }) => createAnswerRuns(context)));
  const words = () => wordsOf("answersState", english);
  const faultOf = (error: unknown): AnswerFault => {
    const { code, message } = toSextantError(error);
    return { code, message };
  };
  const putServer = (patch: Partial<ServerState>): void =>
    write("answers", { server: { ...read().answers.server, ...patch } });
  const putBrowser = (patch: Partial<BrowserState>): void =>
    write("answers", { browser: { ...read().answers.browser, ...patch } });

  let getting: AbortController | undefined;
  const putDevice = (patch: Partial<DeviceState>): void =>
    write("answers", { device: { ...read().answers.device, ...patch } });

  async function lookAtDevice(): Promise<void> {
    try {
      const models = await engine.textModels({});
      const { chosen } = read().answers.device;
      const isHere = models.some(({ id }) => id === chosen);
      putDevice({ models, chosen: isHere ? chosen : (models[0]?.id ?? null) });
    } catch (error) {
      putDevice({ failure: faultOf(error) });
    }
  }

  async function lookAtBrowser(): Promise<void> {
    try {
      putBrowser({ state: (await environment.builtIn?.state()) ?? "absent", failure: null });
    } catch (error) {
      putBrowser({ state: "absent", failure: faultOf(error) });
    }
  }

  /** Whether the answers that are shown are kept, and as which. */
  const markSaved = (savedId: number | null, isIt: (run: AnswerRun) => boolean): void => {
    const { runs: shown } = read().answers;
    const marked = Object.entries(shown).map(([task, run]) => [task, isIt(run) ? { ...run, savedId } : run]);
    write("answers", { runs: Object.fromEntries(marked) as AnswersState["runs"] });
  };

  /** One offer a task, so that who asks one question after the other is not told of all. */
  const offered = new Map<TaskId, number>();

  /** An answer whose place another one took can be had back, if it is kept nowhere else; then that one can. */
  function offerBack(task: TaskId, run: AnswerRun | undefined): void {
    const isKept = run === undefined || run.savedId !== null || (task === "chat" && isTalking(read()));
    if (isKept || run === read().answers.runs[task] || run.record.text === "") return;
    context.actions.undo.dismiss(offered.get(task) ?? 0);
    const id = context.actions.undo.offer(
      wordsOf("shell", shell).answerReplaced(textOfQuery(run.record.query)),
      async () => {
        (await openRuns()).letGo(task);
        const now = read().answers.runs[task];
        const whole = run.phase === "done" ? run : { ...run, phase: "done" as const, wasStopped: true };
        write("answers", { runs: { ...read().answers.runs, [task]: whole } });
        offerBack(task, now);
      },
    );
    offered.set(task, id);
  }

  const actions: AnswersActions = {
    show(pane) {
      write("answers", { pane });
    },
    choose(generator) {
      write("answers", { generator });
      if (generator === "browser") void lookAtBrowser();
      if (generator === "device") void lookAtDevice();
    },
    describeServer(change) {
      const isOther = "url" in change || "key" in change;
      putServer({ ...change, ...(isOther && { models: null, failure: null }) });
      if (change.url !== undefined) environment.writePreference(SERVER_PREFERENCE, change.url);
    },
    async listModels() {
      const { server } = read().answers;
      putServer({ isListing: true, failure: null });
      try {
        const models = await engine.answerModels(askedServer(server));
        const chosen = models.includes(server.model) ? server.model : (models[0] ?? "");
        putServer({ models, model: chosen, isListing: false });
      } catch (error) {
        putServer({ models: null, isListing: false, failure: faultOf(error) });
      }
    },
    async fetchBrowserModel() {
      putBrowser({ part: 0, failure: null });
      try {
        await environment.builtIn?.fetch({ onPart: (part) => putBrowser({ part }) });
      } catch (error) {
        putBrowser({ failure: faultOf(error) });
      }
      putBrowser({ part: null });
      await lookAtBrowser();
    },
    chooseDeviceModel(chosen) {
      putDevice({ chosen });
    },
    async getDeviceModel(request) {
      getting = new AbortController();
      const { signal } = getting;
      putDevice({ progress: { file: "", doneBytes: 0, totalBytes: null }, failure: null });
      try {
        const onEvent = (progress: AddTextModelProgress): void => putDevice({ progress });
        const { id } = await engine.addTextModel(request, { signal, onEvent });
        putDevice({ chosen: id });
      } catch (error) {
        if (!signal.aborted) putDevice({ failure: faultOf(error) });
      }
      putDevice({ progress: null });
      await lookAtDevice();
    },
    stopGetting() {
      getting?.abort();
    },
    async removeDeviceModel(id) {
      await context.actions.jobs.run(words().deletingModel, () => engine.removeTextModel({ id }));
      await lookAtDevice();
    },
    async measure(task) {
      const parts = partsOf(read(), task);
      if (read().answers.browser.state !== "ready" || !parts) return;
      try {
        putBrowser({ room: (await environment.builtIn?.measure(parts.messages)) ?? null });
      } catch {
        putBrowser({ room: null }); // It is told when the question is asked.
      }
    },
    edit(task, messages) {
      const parts = partsOf(read(), task);
      if (parts) write("answers", { edited: { ...read().answers.edited, [task]: { ...parts, messages } } });
    },
    followHits(task) {
      const { [task]: own, ...edited } = read().answers.edited;
      write("answers", { edited });
      if (!own) return;
      context.actions.undo.offer(wordsOf("shell", shell).promptGone, () => {
        actions.followHits(task);
        write("answers", { edited: { ...read().answers.edited, [task]: own } });
      });
    },
    async ask(task) {
      const opened = await openRuns();
      const before = read().answers.runs[task];
      const asked = opened.ask(task);
      offerBack(task, before);
      await asked;
    },
    stop(task) {
      void runs?.then((opened) => opened.stop(task));
    },
    async save(task) {
      const run = read().answers.runs[task];
      if (!run || run.savedId !== null) return;
      const saved = await context.actions.jobs.run(words().saving, () =>
        engine.saveAnswer({ record: run.record }),
      );
      if (!saved) return;
      markSaved(saved.id, ({ id }) => id === run.id);
      await actions.loadSaved();
    },
    async loadSaved() {
      const label = words().listing;
      try {
        write("answers", { saved: await engine.savedAnswers({}) });
        context.actions.jobs.settle(label);
      } catch (error) {
        context.actions.jobs.fail(label, error);
      }
    },
    async remove(answerId) {
      const gone = read().answers.saved?.find(({ id }) => id === answerId);
      const done = await context.actions.jobs.run(words().deleting, async () => {
        await engine.deleteAnswer({ answerId });
        return true;
      });
      await actions.loadSaved();
      if (!done) return;
      const shown = Object.values(read().answers.runs).find(({ savedId }) => savedId === answerId);
      markSaved(null, ({ savedId }) => savedId === answerId);
      if (!gone) return;
      context.actions.undo.offer(
        wordsOf("shell", shell).answerGone(textOfQuery(gone.record.query)),
        async () => {
          const again = await context.actions.jobs.run(words().saving, () =>
            engine.saveAnswer({ record: gone.record }),
          );
          if (again && shown) markSaved(again.id, ({ id }) => id === shown.id);
          await actions.loadSaved();
        },
      );
    },
    async askAgain({ query, preset }) {
      const { task } = query;
      context.actions.query.setTask(task);
      context.actions.query.use(query);
      context.actions.prompt.setPreset(task, preset);
      actions.followHits(task);
      await context.actions.results.search(task);
      await actions.ask(task);
    },
  };
  return actions;
}
