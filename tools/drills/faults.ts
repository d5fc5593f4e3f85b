import type { Fault as Killed } from "../torture/faults.ts";
import type { Drill } from "./drills.ts";

/** A fault beyond the error codes: what it is, what a person sees of it, and what brings it about. */
export type Fault = { readonly sees: string } & (Drill | Kill);

/** The kill test ends a browser in the middle of `kill`, or the one tab that runs the engine. */
export interface Kill {
  readonly fault: string;
  readonly kill: Killed | "tab";
}

const OFFLINE = "e2e/offline.spec.ts";
const KEPT = "src/offline/kept-app.browser.test.ts";
const KEEPING = "e2e/keeping.spec.ts";
const STORAGE = "src/storage/storage.browser.test.ts";
const BUNDLE = "src/engine/bundle/bundle.test.ts";
const DOWNLOAD = "src/model/source/download.test.ts";
const ROOM = "e2e/room.spec.ts";
const MODELS = "src/engine/models.test.ts";
const MIGRATE = "src/storage/migrate.test.ts";
const RELEASES = "src/engine/older-releases.test.ts";

export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  "The GPU": [
    {
      fault: "a GPU that goes away in the middle of indexing",
      sees: "A notice that it was started again; the work goes on",
      test: [MODELS, "a GPU that is lost in the middle of indexing is opened again"],
    },
    {
      fault: "a GPU that goes away twice",
      sees: "A notice that WASM is used, and why; the work goes on",
      test: [MODELS, "a GPU that is lost twice is left for WASM with an event"],
    },
    {
      fault: "a GPU that runs out of memory in the middle of indexing",
      sees: "A notice that WASM is used, and why; the work goes on",
      test: [MODELS, "a GPU that runs out of memory in the middle of indexing"],
    },
    {
      fault: "a GPU that computes other vectors than the reference",
      sees: "A notice that WASM is used, and why",
      test: [MODELS, "a GPU with wrong vectors is left with an event"],
    },
  ],
  "The network and the app's own files": [
    {
      fault: "no network after the first load",
      sees: "Nothing: the app, its data and its models are there",
      test: ["e2e/smoke.spec.ts", "searched again without a network"],
    },
    {
      fault: "no network, with a model that was converted before a new version came",
      sees: "Nothing: the model opens from this device",
      test: ["e2e/models.spec.ts", "still there after an update and offline"],
    },
    {
      fault: "no network, with a model that was fetched before",
      sees: "Nothing: the model opens from this device",
      test: ["e2e/models.spec.ts", "nothing is fetched twice, and it is there offline"],
    },
    {
      fault: "a new version while the app is open in two tabs",
      sees: "A notice that offers it; each tab stays as it is until asked, and data stay",
      test: [OFFLINE, "a new version waits until it is asked for"],
    },
    {
      fault: "a new version asked for while something is under way",
      sees: "It comes when that is done, or at once if told so",
      test: ["src/app/shell/UpdateNotice.browser.test.tsx", "asked for while something is under way"],
    },
    {
      fault: "a reload while a new version waits, or is on its way",
      sees: "Nothing: neither version touches the other's files, and what is missing is fetched again",
      test: [KEPT, "a build that came meanwhile is not forgotten by the one before it"],
    },
    {
      fault: "a host that can set no headers",
      sees: "One thread at the first visit, then a notice that offers all cores",
      test: [OFFLINE, "a plain static host that sets no header"],
    },
    {
      fault: "a host that changes a file, or an upload that is half done",
      sees: "The version that was kept; nothing of the other is mixed in",
      test: [KEPT, "nothing is kept of a build that the host changed"],
    },
    {
      fault: "the kept files deleted by the browser",
      sees: "What the host has, kept anew",
      test: [KEPT, "with its kept files lost"],
    },
    {
      fault: "a model served beside the app whose download breaks off",
      sees: "It goes on where it broke, and another file in its place is noticed",
      test: [KEPT, "what the host says of a part arrives"],
    },
  ],
  "Tabs, workers and crashes": [
    {
      fault: "a tab killed while it indexes",
      sees: "After the next start the indexing goes on where it stopped",
      test: [KEEPING, "a tab killed while indexing goes on where it stopped"],
    },
    {
      fault: "two tabs that add, search and delete at once",
      sees: "Each sees what the other does",
      test: [KEEPING, "two tabs share one engine"],
    },
    {
      fault: "the tab that runs the engine is closed",
      sees: "The next takes over; its own work goes on",
      test: [KEEPING, "when the tab that runs the engine goes"],
    },
    {
      fault: "the process of the tab that runs the engine is killed",
      sees: "The next takes over; all that was acknowledged is there, and other tabs' work goes on",
      kill: "tab",
    },
    {
      fault: "the tab that runs the engine freezes",
      sees: "A page that says so and offers to use Sextant here",
      test: [KEEPING, "a tab that does not answer is told"],
    },
    {
      fault: "a model that the next tab cannot open",
      sees: "In every tab why none is open, and what can be done; done in one, all go on",
      test: ["src/app/state/models.test.ts", "a tab that only watched says why no model is open"],
    },
    {
      fault: "an engine worker that dies while it indexes",
      sees: "A notice that it was started again; the work goes on",
      test: [KEEPING, "an engine that dies while indexing is replaced"],
    },
    {
      fault: "an engine worker that dies of the same call twice",
      sees: "That call fails and says so; everything else goes on",
      test: ["src/client/restart.test.ts", "a call that kills two workers fails"],
    },
    {
      fault: "a database worker killed while it writes",
      sees: "At most the batch in flight is gone, and is embedded again",
      test: [STORAGE, "a worker killed while it writes loses at most the batch in flight"],
    },
    {
      fault: "a database worker that the system ends",
      sees: "A page that says that Sextant stopped; opened again, everything is there",
      test: [KEEPING, "without a database the page says so, and nothing is lost"],
    },
  ],
  "The browser killed at a random moment": [
    {
      fault: "while passages are embedded and stored",
      sees: "Everything that was acknowledged, each vector at its passage, words and vectors of one mind",
      kill: "index",
    },
    { fault: "while sources are removed", sees: "Each is whole, or gone", kill: "remove" },
    { fault: "while sources are added", sees: "Each is whole, or not there", kill: "write" },
    {
      fault: "while an older database is brought up to date",
      sees: "It is brought up to date at the next start",
      kill: "migrate",
    },
    {
      fault: "while a backup is read in",
      sees: "Done again it goes on where it was",
      kill: "import",
    },
    {
      fault: "while a model is converted",
      sees: "The model is there whole, or not at all and can be had again",
      kill: "convert",
    },
  ],
  "The database": [
    {
      fault: "a migration that fails in the middle",
      sees: "The database as it was, and why",
      test: [MIGRATE, "a step that fails undoes every step of the run"],
    },
    {
      fault: "a database of any earlier release",
      sees: "Nothing: it is brought up to date",
      test: [RELEASES, "left it opens with all that is in it"],
    },
    {
      fault: "a kill between the end of a deletion and the shortening of the file",
      sees: "Nothing: the bytes behind the last page are given back at the next start",
      test: [STORAGE, "bytes that a kill left behind the last page are cut off"],
    },
    {
      fault: "data that the browser threw away under storage pressure",
      sees: "A notice at the next start: what was here, and the way to a backup",
      test: [ROOM, "what the browser throws away is noticed"],
    },
    {
      fault: "a browser that promises nothing to data that took long to make",
      sees: "A question with the reason; where the browser refuses, the way to a backup",
      test: [
        "src/app/library/SafetyNotices.browser.test.tsx",
        "the browser is asked only once there is much to lose",
      ],
    },
    {
      fault: "a disk or a quota that is full while a batch is stored",
      sees: "The database as it was; how full it is, and what can be freed from here",
      test: [ROOM, "a full disk is said with how full it is and what can go"],
    },
  ],
  Backup: [
    {
      fault: "a backup of any earlier release",
      sees: "Nothing: it is read with all that it holds",
      test: [RELEASES, "wrote it is read with all that it holds"],
    },
    {
      fault: "an import that is cut off",
      sees: "A notice, also at the next start; with the same file again it goes on, with nothing twice",
      test: [BUNDLE, "an import that was cut off goes on where it was"],
    },
    {
      fault: "a slow disk while a backup is written",
      sees: "It takes longer; nothing piles up in memory",
      test: [BUNDLE, "an export reads no faster than its bytes are taken"],
    },
    {
      fault: "no room for the copy that a browser needs which cannot ask where to save a backup",
      sees: "`storage/full` with what to do; nothing of the copy is left",
      test: ["src/app/library/staged-download.browser.test.ts", "without room for the copy it says so"],
    },
    {
      fault: "a flipped byte in a backup",
      sees: "The import stops before the damage and names the file",
      test: [BUNDLE, "a flipped byte anywhere in a bundle's content is noticed"],
    },
    {
      fault: "vectors that only claim to be of this model",
      sees: "They are left out with the reason; the passages are there",
      test: [BUNDLE, "vectors that only claim to be of this model are refused"],
    },
  ],
  "Malicious texts": [
    {
      fault:
        "scripts, pictures, styles, links and formulas in every file, name, title, tag, tool, turn and answer",
      sees: "Their text",
      test: ["e2e/security.spec.ts", "a whole use with hostile files of every kind"],
    },
    {
      fault: "the same in every picture, list, dialog and notice, and in what is saved",
      sees: "Their text; a saved table computes nothing",
      test: ["src/app/hostile.browser.test.tsx", "no hostile text runs, loads or sends anything"],
    },
    {
      fault: "archives that unfold without end, and documents that nest without end",
      sees: "That they are refused, by name; the files beside them go through",
      test: ["src/ingest/unpack.test.ts", "a bomb is stopped"],
    },
  ],
  "Models on their way": [
    {
      fault: "connections that drop, fall silent or crawl",
      sees: "The download goes on where it broke, also after days",
      test: [DOWNLOAD, "dropped connections are taken up where they broke"],
    },
    {
      fault: "another file behind the same address",
      sees: "It is fetched from its beginning; nothing is put together from two",
      test: [DOWNLOAD, "another file on the server is downloaded from its beginning"],
    },
    {
      fault: "no room for a model",
      sees: "That is said, and what came is kept for when there is room",
      test: [DOWNLOAD, "a full store is said"],
    },
  ],
};
