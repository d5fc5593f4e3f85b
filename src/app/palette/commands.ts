import { KIND_OF_TASK, TASK_IDS } from "../../contract/index.ts";
import { THEMES } from "../state/panel.ts";
import { modeInUse } from "../state/query.ts";
import { hasSample, selectSample } from "../state/select.ts";
import type { AppActions, AppState } from "../state/store.ts";
import { MODES } from "../state/url.ts";
import { aboutOf } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import type { palette as english } from "../words/en/palette.ts";
import { LANGUAGES, type Language } from "../words/language.ts";
import { rankFitting, type Findable } from "./match.ts";

export type GroupId = keyof typeof english.groups;

/** Something that can be done from the palette. */
export interface Command extends Findable {
  readonly id: string;
  readonly group: GroupId;
  /** Keys that do the same. */
  readonly keys?: readonly string[];
  /** It is so already. */
  readonly isOn?: boolean;
  run(): void;
}

/** What only the page itself can do. */
export interface PageActs {
  /** Presses what stands on the page under that name; null where it does not. */
  press(name: "add" | "paste" | "library" | "export"): (() => void) | null;
  focusQuery(): void;
  readonly language: Language;
}

/** Everything that can be done now, in the order in which it is offered. */
export function commandsOf(
  state: AppState,
  actions: AppActions,
  words: typeof english,
  page: PageActs,
): readonly Command[] {
  const { task } = state.query;
  const tasks = TASK_IDS.map((id, place): Command => {
    const { label, title } = aboutOf(id);
    const run = () => actions.query.setTask(id);
    return {
      id: `task-${id}`,
      group: "tasks",
      label: words.goTo(title),
      also: `${label} ${id}`,
      keys: [String(place + 1)],
      isOn: id === task,
      run,
    };
  });
  const mode = modeInUse(state);
  const hasVectors = state.model.status?.model.dim !== 0;
  const modes = MODES.filter((one) => hasVectors || one === "keywords").map((one): Command => ({
    id: `mode-${one}`,
    group: "modes",
    label: words.searchBy[one],
    also: one,
    isOn: one === mode,
    run: () => actions.query.setMode(one),
  }));
  return [
    ...tasks,
    ...actionsOf(state, actions, words, page),
    ...modes,
    ...collectionsOf(state, actions, words),
    ...settingsOf(state, actions, words, page),
    ...sourcesOf(state, actions, words),
  ];
}

function actionsOf(state: AppState, actions: AppActions, words: typeof english, page: PageActs): Command[] {
  const { task } = state.query;
  const pressing = (name: Parameters<PageActs["press"]>[0], label: string, also: string): Command[] => {
    const run = page.press(name);
    return run ? [{ id: name, group: "actions", label, also, run }] : [];
  };
  const canTrySample = selectSample(state, task) !== undefined && !hasSample(state, task);
  const sample: Command = {
    id: "sample",
    group: "actions",
    label: words.sample,
    also: "sample example demo",
    run: () => void actions.panel.addSample(task),
  };
  return [
    {
      id: "query",
      group: "actions",
      label: words.query,
      also: "query search",
      keys: ["/"],
      run: page.focusQuery,
    },
    ...pressing("add", words.addFiles, "add files upload import"),
    ...pressing("paste", words.paste, "paste text add"),
    ...(canTrySample ? [sample] : []),
    {
      id: "models",
      group: "actions",
      label: words.models,
      also: "models",
      run: () => actions.panel.showModels(true),
    },
    ...pressing("library", words.library, "library sources material"),
    ...pressing("export", words.exportResults, "export download csv json markdown"),
  ];
}

function collectionsOf({ corpus, query }: AppState, actions: AppActions, words: typeof english): Command[] {
  return corpus.collections.map((collection) => {
    const task = TASK_IDS.find((id) => KIND_OF_TASK[id] === collection.kind);
    const run = (): void => {
      if (task && KIND_OF_TASK[query.task] !== collection.kind) actions.query.setTask(task);
      actions.corpus.choose(collection);
    };
    return {
      id: `collection-${collection.id}`,
      group: "collections",
      label: words.workOn(shownName(collection)),
      also: collection.kind,
      run,
    };
  });
}

function sourcesOf({ corpus }: AppState, actions: AppActions, words: typeof english): Command[] {
  return Object.values(corpus.sourcesByCollection).flatMap((sources) =>
    sources.map(({ id, name, tags }) => ({
      id: `source-${id}`,
      group: "sources" as const,
      label: words.read(name),
      also: tags.join(" "),
      run: () => actions.panel.read({ sourceId: id, name, startUtf16: 0, endUtf16: 0 }),
    })),
  );
}

function settingsOf(
  { panel }: AppState,
  actions: AppActions,
  words: typeof english,
  page: PageActs,
): Command[] {
  const themes = THEMES.map((theme): Command => ({
    id: `theme-${theme}`,
    group: "settings",
    label: words.theme[theme],
    also: `theme appearance ${theme}`,
    isOn: theme === panel.theme,
    run: () => actions.panel.setTheme(theme),
  }));
  const languages = (Object.keys(LANGUAGES) as Language[]).map((language): Command => ({
    id: `language-${language}`,
    group: "settings",
    label: words.speak(LANGUAGES[language]),
    also: `language ${language}`,
    isOn: language === page.language,
    run: () => actions.panel.setLanguage(language),
  }));
  const heard: Command = {
    id: "shortcuts-switch",
    group: "settings",
    label: panel.shortcuts ? words.shortcutsOff : words.shortcutsOn,
    also: "shortcuts keyboard keys",
    run: () => actions.panel.setShortcuts(!panel.shortcuts),
  };
  const help: readonly Command[] = [
    { id: "tour", group: "help", label: words.tour, also: "tour help", run: () => actions.panel.goTour(0) },
    {
      id: "shortcuts",
      group: "help",
      label: words.shortcutList,
      also: "shortcuts keyboard keys help",
      keys: ["?"],
      run: () => actions.panel.showOverlay("shortcuts"),
    },
    {
      id: "diagnostics",
      group: "help",
      label: words.diagnostics,
      also: "diagnostics bug report version",
      run: () => actions.panel.showOverlay("diagnostics"),
    },
  ];
  return [...themes, ...languages, heard, ...help];
}

/** A type and not an interface: the list takes only what has an index signature. */
export type CommandGroup = {
  readonly id: GroupId;
  readonly items: Command[];
};

const AT_MOST = 60;
const WITHOUT_ASKING = 8;

/** What fits what is typed, by group, the group with the best first. Sources come only when something is typed. */
export function groupFitting(commands: readonly Command[], typed: string): CommandGroup[] {
  const isAsked = typed.trim() !== "";
  const offered = isAsked ? commands : commands.filter(({ group }) => group !== "sources");
  const groups = new Map<GroupId, Command[]>();
  for (const command of rankFitting(offered, typed, isAsked ? AT_MOST : offered.length)) {
    const items = groups.get(command.group) ?? [];
    groups.set(command.group, [...items, command]);
  }
  return [...groups].map(([id, items]) => ({
    id,
    items: !isAsked && id === "collections" ? items.slice(0, WITHOUT_ASKING) : items,
  }));
}
