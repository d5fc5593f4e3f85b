import type {
  AddModelProgress,
  AddModelRequest,
  Device,
  Dtype,
  HubSettings,
  ModelCheck,
  ModelChoice,
  ModelEntry,
} from "../../contract/index.ts";
import type { JobProgress } from "./jobs.ts";
import { reportLoading } from "./model.ts";
import type { ModelAmongFiles } from "./model-files.ts";
import type { SliceContext } from "./slice.ts";
import { work } from "../words/en/work.ts";
import { wordsOf } from "../words/words.ts";

/** A check of the open model, and of what it was made. */
export interface Checked {
  readonly modelKey: string;
  readonly device: Device;
  readonly check: ModelCheck;
}

/** A model that was dropped or picked and waits for a decision; its files wait with the actions. */
export interface FoundModel {
  readonly name: string;
  readonly files: number;
  readonly sizeBytes: number;
  readonly weights: string;
  readonly missing: readonly string[];
}

/** What a person is asked about before it is deleted; without `what` the whole model. */
export interface Deleting {
  readonly modelId: string;
  readonly what?: Dtype | "original";
}

export interface ModelsState {
  /** null until the list was read. */
  readonly entries: readonly ModelEntry[] | null;
  readonly hub: HubSettings | null;
  readonly checked: Checked | null;
  readonly found: FoundModel | null;
  readonly deleting: Deleting | null;
  /** A token was in use, and the engine that began anew does not have it. */
  readonly tokenGone: boolean;
}

export const initialModels: ModelsState = {
  entries: null,
  hub: null,
  checked: null,
  found: null,
  deleting: null,
  tokenGone: false,
};

export interface ModelsActions {
  /** Reads the list and how the hub is reached. */
  refresh(): Promise<void>;
  /** Gets a model under the name it is shown by, and with `use` opens it then. */
  add(request: AddModelRequest, name: string, use: boolean): Promise<void>;
  /** Opens a model that lies here, and gives what is here its vectors. */
  choose(choice: ModelChoice): Promise<void>;
  askToDelete(deleting: Deleting | null): void;
  remove(deleting: Deleting): Promise<void>;
  /** Compares the open model with its reference on the device in use. */
  check(): Promise<void>;
  /** An empty token forgets it. */
  setHub(settings: { readonly endpoint?: string; readonly token?: string }): Promise<void>;
  /** Holds a model from this computer until it is decided about; null lets it go. */
  offer(model: ModelAmongFiles | null): void;
  /** Takes the model that was offered. */
  addFound(settings: Omit<AddModelRequest, "origin">, name: string, use: boolean): Promise<void>;
  /** The engine began anew: asks what it still knows of what it kept for this visit only. */
  forgetVisit(): void;
  /** Takes the word about the token off the page. */
  dismissToken(): void;
}

const words = () => wordsOf("work", work);

/** How the work on a model is called among the jobs. */
export const gettingLabel = (name: string): string => words().getting(name);
export const openingLabel = (name: string): string => words().opening(name);
export const checkingLabel = (): string => words().checkingModel;

/** The precision in which a model is got unless another is chosen. */
export const DEFAULT_DTYPE: Dtype = "q8";

/** The model that comes with Sextant, as it is opened. */
export function bundledChoice(entries: readonly ModelEntry[] | null): ModelChoice | null {
  const entry = entries?.find(({ bundled, architecture }) => bundled && architecture !== "none");
  const dtype = entry?.variants[0]?.dtype;
  return entry && dtype ? { modelId: entry.id, dtype } : null;
}

function progressOf({
  doneBytes,
  totalBytes,
  bytesPerSecond,
  secondsLeft,
}: AddModelProgress): JobProgress | null {
  if (doneBytes === 0 && totalBytes === null) return null;
  return { done: doneBytes, total: totalBytes, unit: "bytes", perSecond: bytesPerSecond, secondsLeft };
}

export function createModelsActions(context: SliceContext): ModelsActions {
  const { engine, read, write } = context;
  let offered: ModelAmongFiles | null = null;

  const nameOf = (modelId: string): string =>
    read().models.entries?.find(({ id }) => id === modelId)?.name ?? modelId;

  async function lookForToken({ hasToken }: HubSettings): Promise<void> {
    await actions.refresh();
    const { hub, tokenGone } = read().models;
    write("models", { tokenGone: tokenGone || (hasToken && !hub?.hasToken) });
  }

  const actions: ModelsActions = {
    async refresh() {
      try {
        const [entries, hub] = await Promise.all([engine.models({}), engine.hub({})]);
        write("models", { entries, hub });
        context.actions.jobs.settle(words().listingModels);
      } catch (error) {
        context.actions.jobs.fail(words().listingModels, error);
      }
    },
    async add(request, name, use) {
      const label = gettingLabel(name);
      if (read().jobs.running.some((job) => job.label === label)) return;
      const choice = await context.actions.jobs.run(label, (signal, report) =>
        engine.addModel(request, {
          signal,
          onEvent: (progress) =>
            report(`${words().gettingPhases[progress.phase]} ${progress.file}`.trim(), progressOf(progress)),
        }),
      );
      await actions.refresh();
      if (choice && use) await actions.choose(choice);
      else if (read().model.status) await context.actions.model.refresh();
    },
    async choose(choice) {
      const { status: before } = read().model;
      await context.actions.corpus.pauseIndexing();
      const status = await context.actions.jobs.run(openingLabel(nameOf(choice.modelId)), (signal, report) =>
        engine.setModel(choice, { signal, onEvent: reportLoading(report) }),
      );
      if (status) {
        write("models", { checked: null });
        context.actions.results.clear();
        void actions.refresh();
        return context.actions.model.opened(status);
      }
      if (before) await context.actions.corpus.index(read().query.task);
    },
    askToDelete(deleting) {
      write("models", { deleting });
    },
    async remove(deleting) {
      await context.actions.jobs.run(words().deleting(nameOf(deleting.modelId)), () =>
        engine.removeModel(deleting),
      );
      await Promise.all([actions.refresh(), context.actions.model.refresh()]);
    },
    async check() {
      const { status } = read().model;
      if (!status) return;
      const check = await context.actions.jobs.run(checkingLabel(), (signal) =>
        engine.checkModel({}, { signal }),
      );
      if (!check) return;
      write("models", { checked: { modelKey: status.model.key, device: status.device.used, check } });
    },
    async setHub(settings) {
      try {
        const hub = await engine.hub(settings);
        write("models", { hub, tokenGone: read().models.tokenGone && !hub.hasToken });
        context.actions.jobs.settle(words().changingHub);
      } catch (error) {
        context.actions.jobs.fail(words().changingHub, error);
      }
    },
    offer(model) {
      offered = model;
      const found = model && {
        name: model.name,
        files: model.files.length,
        sizeBytes: model.files.reduce((sum, { content }) => sum + content.size, 0),
        weights: model.weights.path,
        missing: model.missing,
      };
      write("models", { found });
    },
    async addFound(settings, name, use) {
      if (!offered) return;
      const { files } = offered;
      actions.offer(null);
      await actions.add({ origin: { from: "files", name, files }, ...settings }, name, use);
    },
    forgetVisit() {
      const { hub: before } = read().models;
      if (before !== null) void lookForToken(before);
    },
    dismissToken() {
      write("models", { tokenGone: false });
    },
  };
  return actions;
}
