import { createStore, type StoreApi } from "zustand/vanilla";
import type { Engine, Features } from "../../contract/index.ts";
import {
  createAdaptationActions,
  initialAdaptation,
  type AdaptationActions,
  type AdaptationState,
} from "./adaptation.ts";
import { createAnswersActions, type AnswersActions } from "./answers.ts";
import { storedAnswers, type AnswersState } from "./answers-state.ts";
import { createCorpusActions, storedCorpus, type CorpusActions, type CorpusState } from "./corpus.ts";
import type { Environment } from "./environment.ts";
import { createJobsActions, initialJobs, type JobsActions, type JobsState } from "./jobs.ts";
import { createLibraryActions, initialLibrary, type LibraryActions, type LibraryState } from "./library.ts";
import { createModelActions, initialModel, type ModelActions, type ModelState } from "./model.ts";
import { createModelsActions, initialModels, type ModelsActions, type ModelsState } from "./models.ts";
import {
  createPanelActions,
  initialPanel,
  storedPanel,
  type PanelActions,
  type PanelState,
} from "./panel.ts";
import {
  createPassagesActions,
  initialPassages,
  type PassagesActions,
  type PassagesState,
} from "./passages.ts";
import {
  createPicturesActions,
  initialPictures,
  type PicturesActions,
  type PicturesState,
} from "./pictures.ts";
import { createPromptActions, initialPrompt, type PromptActions, type PromptState } from "./prompt.ts";
import { createQueryActions, initialQuery, type QueryActions, type QueryState } from "./query.ts";
import { createQueueActions, initialQueue, type QueueActions, type QueueState } from "./queue.ts";
import { createRefineActions, storedRefine, type RefineActions, type RefineState } from "./refine.ts";
import { createRemoteActions, initialRemote, type RemoteActions, type RemoteState } from "./remote.ts";
import { createResultsActions, initialResults, type ResultsActions, type ResultsState } from "./results.ts";
import { createSafetyActions, initialSafety, type SafetyActions, type SafetyState } from "./safety.ts";
import type { SliceContext } from "./slice.ts";
import { createTalkActions, initialTalk, type TalkActions, type TalkState } from "./talk.ts";
import { createUndoActions, initialUndo, type UndoActions, type UndoState } from "./undo.ts";
import type { View } from "./url.ts";

/** Everything that the app shows; JSON only. */
export interface AppState {
  readonly adaptation: AdaptationState;
  readonly answers: AnswersState;
  readonly corpus: CorpusState;
  readonly passages: PassagesState;
  readonly query: QueryState;
  readonly queue: QueueState;
  readonly refine: RefineState;
  readonly remote: RemoteState;
  readonly results: ResultsState;
  readonly prompt: PromptState;
  readonly talk: TalkState;
  readonly pictures: PicturesState;
  readonly library: LibraryState;
  readonly safety: SafetyState;
  readonly model: ModelState;
  readonly models: ModelsState;
  readonly jobs: JobsState;
  readonly panel: PanelState;
  readonly undo: UndoState;
}

/** Everything that the app does; only actions call the engine. */
export interface AppActions {
  readonly adaptation: AdaptationActions;
  readonly answers: AnswersActions;
  readonly corpus: CorpusActions;
  readonly passages: PassagesActions;
  readonly query: QueryActions;
  readonly queue: QueueActions;
  readonly refine: RefineActions;
  readonly remote: RemoteActions;
  readonly results: ResultsActions;
  readonly prompt: PromptActions;
  readonly talk: TalkActions;
  readonly pictures: PicturesActions;
  readonly library: LibraryActions;
  readonly safety: SafetyActions;
  readonly model: ModelActions;
  readonly models: ModelsActions;
  readonly jobs: JobsActions;
  readonly panel: PanelActions;
  readonly undo: UndoActions;
}

export interface AppStore {
  readonly state: StoreApi<AppState>;
  readonly actions: AppActions;
}

export interface AppOptions {
  readonly environment: Environment;
  readonly view?: View;
  readonly features?: Features;
}

/** Creates the state of one mounted app; two on a page do not know each other. */
export function createAppStore(engine: Engine, { environment, view, features }: AppOptions): AppStore {
  const state = createStore<AppState>(() => ({
    adaptation: initialAdaptation,
    answers: storedAnswers(environment),
    corpus: storedCorpus((name) => environment.readPreference(name)),
    passages: initialPassages,
    query: { ...initialQuery, ...view?.spec, ...view?.state },
    queue: initialQueue,
    refine: storedRefine((name) => environment.readPreference(name)),
    remote: initialRemote,
    results: initialResults,
    prompt: initialPrompt,
    talk: initialTalk,
    pictures: initialPictures,
    library: initialLibrary,
    safety: initialSafety,
    model: { ...initialModel, features: features ?? null },
    models: initialModels,
    jobs: initialJobs,
    panel: { ...initialPanel, ...storedPanel((name) => environment.readPreference(name)) },
    undo: initialUndo,
  }));
  const context: SliceContext = {
    engine,
    environment,
    get actions() {
      return actions;
    },
    read: () => state.getState(),
    write: (slice, patch) => state.setState((before) => ({ [slice]: { ...before[slice], ...patch } })),
  };
  const actions: AppActions = {
    adaptation: createAdaptationActions(context),
    answers: createAnswersActions(context),
    corpus: createCorpusActions(context),
    passages: createPassagesActions(context),
    query: createQueryActions(context),
    queue: createQueueActions(context),
    refine: createRefineActions(context),
    remote: createRemoteActions(context),
    results: createResultsActions(context),
    prompt: createPromptActions(context),
    talk: createTalkActions(context),
    pictures: createPicturesActions(context),
    library: createLibraryActions(context),
    safety: createSafetyActions(context),
    model: createModelActions(context),
    models: createModelsActions(context),
    jobs: createJobsActions(context),
    panel: createPanelActions(context),
    undo: createUndoActions(context),
  };
  return { state, actions };
}
