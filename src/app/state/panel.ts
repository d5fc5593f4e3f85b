import type { Sample, TaskId } from "../../contract/index.ts";
import { LANGUAGES, firstSpoken, isLanguage, type Language } from "../words/language.ts";
import { work } from "../words/en/work.ts";
import { speak, wordsOf } from "../words/words.ts";
import type { SliceContext } from "./slice.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** What can be laid over the page, one at a time. */
export const OVERLAYS = ["palette", "shortcuts", "diagnostics"] as const;
export type Overlay = (typeof OVERLAYS)[number];

/** The code of something that went wrong during this visit, and when. */
export interface RecentCode {
  readonly code: string;
  readonly atMs: number;
}

/** A place in a source that is being looked at. */
export interface Reading {
  readonly sourceId: number;
  readonly name: string;
  readonly startUtf16: number;
  readonly endUtf16: number;
}

/** Why going over to another version, or loading this one once more, is offered. */
export type Update =
  /** A newer version is here and waits. */
  | "waits"
  /** Another tab has gone over to it; this one goes on with its own. */
  | "elsewhere"
  /** The host sets no headers: loaded once more, the page may use all cores. */
  | "isolates";

export interface PanelState {
  readonly theme: ThemeChoice;
  readonly reading: Reading | null;
  readonly samples: readonly Sample[];
  /** The models are on show. */
  readonly models: boolean;
  readonly update: Update | null;
  readonly overlay: Overlay | null;
  /** Keys that act on the whole page are heard. */
  readonly shortcuts: boolean;
  /** Place in the tour; null while nobody takes it. */
  readonly tour: number | null;
  /** The tour was taken or left on this device. */
  readonly toured: boolean;
  /** What went wrong during this visit, latest last. */
  readonly recentCodes: readonly RecentCode[];
}

export const initialPanel: PanelState = {
  theme: "system",
  reading: null,
  samples: [],
  models: false,
  update: null,
  overlay: null,
  shortcuts: true,
  tour: null,
  toured: false,
  recentCodes: [],
};

export interface PanelActions {
  setTheme(theme: ThemeChoice): void;
  setLanguage(language: Language): void;
  read(reading: Reading | null): void;
  showModels(shown: boolean): void;
  loadSamples(): Promise<void>;
  addSample(task: TaskId): Promise<void>;
  offerUpdate(update: Update): void;
  showOverlay(overlay: Overlay | null): void;
  setShortcuts(heard: boolean): void;
  /** Begins the tour or goes to another place of it; null ends it. */
  goTour(place: number | null): void;
  /** Keeps what the diagnostics page lists. */
  noteCode(code: string): void;
}

const THEME = "sextant.theme";
const LANGUAGE = "sextant.language";
const SHORTCUTS = "sextant.shortcuts";
const TOURED = "sextant.toured";
/** Names of what a person chose about the page. */
export const PANEL_PREFERENCES = [THEME, LANGUAGE, SHORTCUTS, TOURED] as const;

/** More codes than these tell nothing new. */
const CODES_KEPT = 20;

/** What was chosen on this device about the page around the tasks. */
export function storedPanel(readPreference: (name: string) => string | null): Partial<PanelState> {
  return {
    theme: storedTheme(readPreference),
    shortcuts: readPreference(SHORTCUTS) !== "off",
    toured: readPreference(TOURED) === "yes",
  };
}

/** The theme that was chosen on this device. */
export function storedTheme(readPreference: (name: string) => string | null): ThemeChoice {
  const stored = readPreference(THEME);
  return THEMES.find((theme) => theme === stored) ?? "system";
}

/** The language that was chosen on this device, else the first of the person's own that is spoken. */
export function storedLanguage(
  readPreference: (name: string) => string | null,
  wanted: readonly string[],
): Language {
  const stored = readPreference(LANGUAGE);
  return isLanguage(stored) ? stored : firstSpoken(wanted);
}

export function createPanelActions(context: SliceContext): PanelActions {
  const { read, write, environment } = context;
  return {
    setTheme(theme) {
      environment.writePreference(THEME, theme);
      write("panel", { theme });
    },
    setLanguage(language) {
      environment.writePreference(LANGUAGE, language);
      speak(language).catch((error: unknown) => context.actions.jobs.fail(LANGUAGES[language], error));
    },
    read(reading) {
      write("panel", { reading });
    },
    showModels(models) {
      write("panel", { models });
      if (models) void context.actions.models.refresh();
    },
    async loadSamples() {
      try {
        write("panel", { samples: await environment.loadSamples(new AbortController().signal) });
      } catch (error) {
        context.actions.jobs.fail(wordsOf("work", work).listingSamples, error);
      }
    },
    async addSample(task) {
      const sample = read().panel.samples.find((one) => one.task === task);
      if (!sample) return;
      const loaded = await context.actions.jobs.run(
        wordsOf("work", work).fetchingSample,
        (signal) => environment.loadSampleFiles(sample, signal),
        { hiddenUntilReport: true },
      );
      if (loaded) await context.actions.queue.add(task, loaded.files);
    },
    offerUpdate(update) {
      write("panel", { update });
    },
    showOverlay(overlay) {
      write("panel", { overlay });
    },
    setShortcuts(shortcuts) {
      environment.writePreference(SHORTCUTS, shortcuts ? "on" : "off");
      write("panel", { shortcuts });
    },
    goTour(tour) {
      if (tour === null) environment.writePreference(TOURED, "yes");
      write("panel", { tour, overlay: null, toured: read().panel.toured || tour === null });
    },
    noteCode(code) {
      const noted = { code, atMs: Date.now() };
      write("panel", { recentCodes: [...read().panel.recentCodes, noted].slice(-CODES_KEPT) });
    },
  };
}
