import type { ErrorCode } from "../../../contract/index.ts";
import type { Update } from "../../state/panel.ts";
import type { WayOut } from "../../state/ways-out.ts";

/** The frame of the page: masthead, notices, and the pages that stop everything. */
export const shell = {
  opening: "Opening your database…",
  tasks: "Tasks",
  models: "Models",
  modelInUse: (name: string) => `Models: ${name} is in use`,
  onThisPage: "On this page",
  prompt: "Prompt",
  material: "Your material",
  dropToAdd: (brings: string) => `Drop to add: ${brings} Or the folder of a model.`,
  isEmpty: "is empty.",
  takeTour: "Take the tour of one minute",
  tourAdds: "It adds the sample and asks it one question.",
  dismiss: "Dismiss",
  copied: "Copied",
  copyRefused: "The browser refused: select and copy by hand",
  done: (label: string) => `${label}: done.`,
  going: (label: string) => `${label}.`,
  percent: (label: string, percent: string) => `${label}: ${percent} percent.`,
  found: (hits: string) => `${hits}.`,
  notices: "Notices",
  update: {
    waits: {
      said: "A new version of Sextant is here. What you have added and fetched stays.",
      go: "Use the new version",
    },
    elsewhere: {
      said: "Another tab uses the new version of Sextant; this one goes on with the old.",
      go: "Use the new version here too",
    },
    isolates: {
      said: "Sextant is kept on this device now. Loaded once more, it may use all cores of the processor.",
      go: "Load it once more",
    },
  } satisfies Record<Update, { said: string; go: string }>,
  updateAfter: "The new version comes as soon as what is under way is done.",
  updateNow: "Use it now",
  restarted: "The engine stopped and was started again:",
  restartedWhy: (why: string) => `${why}. What was under way goes on.`,
  tokenGone: "The token for the hub is gone:",
  tokenGoneWhy:
    "it was kept in the engine’s memory only. Give it again before you get a model that asks for it.",
  giveToken: "Give the token",
  changed: {
    device: (from: string, to: string) => `The device changed from ${from} to ${to}.`,
    precision: (from: string, to: string) => `The precision changed from ${from} to ${to}.`,
  },
  stayOnWasm: "Stay on WASM at later visits too",
  unopened: "The model that you chose could not be opened.",
  useWasm: "Use WASM",
  waysOut: {
    wasm: "Use WASM",
    models: "Choose a model",
    library: "Open the library",
    reload: "Reload the page",
    report: "Make a report",
  } satisfies Record<Exclude<WayOut, "told">, string>,
  useBundled: "Use the bundled model",
  chooseModel: "Choose a model",
  tryAgain: "Try again",
  useHere: "Use it here",
  couldNotStart: "Sextant could not start",
  stopped: {
    "storage/busy-elsewhere": "Sextant is open in another tab",
    "storage/unavailable": "This browser cannot keep your data",
    "storage/corrupt": "The database is damaged",
    "storage/newer-schema": "The database belongs to a newer Sextant",
    "boundary/lost": "Sextant stopped",
    "boundary/protocol": "Another tab runs another version",
  } as Readonly<Partial<Record<ErrorCode, string>>>,
  /** What could be the reason, where the engine's own sentence cannot know it. */
  explained: {
    "storage/busy-elsewhere":
      "Tabs share one engine, and the tab that runs it does not answer. Close that tab, or use Sextant here; the other tab then stops.",
    "storage/unavailable":
      "Sextant keeps what you add in this browser’s private file system, and nowhere else. Private windows and some settings forbid that. Open Sextant in an ordinary window, or allow site data for it; nothing is kept in memory instead.",
    "boundary/protocol":
      "Tabs share one engine, and the tab that runs it is of another version. Reload both, or use Sextant here; the other tab then stops. What was stored is kept.",
    "storage/newer-schema":
      "A later version has been at work here. Reload the page to get it; nothing was changed.",
    "storage/corrupt":
      "Nothing was changed. Reload once; if it stays, the data of this site can be cleared in the browser’s settings, and your files added again.",
  } as Readonly<Partial<Record<ErrorCode, string>>>,
  readingDropped: "Reading what was dropped",
  oneModel: "One model at a time: drop it again when the first one is here.",
  theFolder: "The folder",
  tooManyFiles: "It has too many files. Those read first were taken.",
  nothingReadable: (brings: string) => `Nothing in it can be read here. ${brings}`,
  undo: "Undo",
  turnsGone: (turns: number) => `Taken out: ${turns} ${turns === 1 ? "turn" : "turns"} of the conversation.`,
  answerReplaced: (question: string) => `Replaced: the answer to “${question}”, which was not saved.`,
  promptGone: "Let go of: the prompt in your own words.",
  answerGone: (question: string) => `Deleted: the answer to “${question}”.`,
};
