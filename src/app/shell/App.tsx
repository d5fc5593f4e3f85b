import { Tabs } from "@base-ui/react/tabs";
import { lazy, Suspense, useEffect, useRef } from "react";
import { isTaskId, KIND_OF_TASK, TASK_IDS, type TaskId } from "../../contract/index.ts";
import { LibraryLink } from "../library/LibraryLink.tsx";
import { AddMaterial } from "../parts/AddMaterial.tsx";
import { BeginTalk } from "../parts/BeginTalk.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { selectCollection, selectSources } from "../state/select.ts";
import { isTalking } from "../state/talk.ts";
import { aboutOf, broughtTo } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { VIEWS } from "../views/index.ts";
import { Announcer } from "./Announcer.tsx";
import { Masthead } from "./Masthead.tsx";
import { Notices } from "./Notices.tsx";
import { useRecentCodes } from "./use-recent-codes.ts";
import { useFileDrop } from "./use-file-drop.ts";
import { useShortcuts } from "./use-shortcuts.ts";
import { useTheme } from "./use-theme.ts";
import { useWasTrue } from "./use-was-true.ts";
import { material } from "../words/en/material.ts";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

const Collections = lazy(async () => ({
  default: (await import("../collections/Collections.tsx")).Collections,
}));

const MaterialPanel = lazy(async () => ({
  default: (await import("../parts/MaterialPanel.tsx")).MaterialPanel,
}));

const PromptPanel = lazy(async () => ({
  default: (await import("../parts/PromptPanel.tsx")).PromptPanel,
}));

const ReaderDialog = lazy(async () => ({ default: (await import("./ReaderDialog.tsx")).ReaderDialog }));

const Library = lazy(async () => ({ default: (await import("../library/Library.tsx")).Library }));

const ModelsDialog = lazy(async () => ({
  default: (await import("../models/ModelsDialog.tsx")).ModelsDialog,
}));

const Overlays = lazy(async () => ({ default: (await import("./Overlays.tsx")).Overlays }));

/** The whole page once the engine is there. */
export function App({ onUpdate }: { readonly onUpdate: () => void }) {
  const task = useApp((state) => state.query.task);
  const { query, library } = useActions();
  const words = useWords("shell", shell);
  const over = useFileDrop(task);
  const place = useApp((state) => state.library.place);
  const modelsWereShown = useApp((state) => state.models.entries !== null || state.panel.models);
  const reads = useWasTrue(useApp((state) => state.panel.reading !== null));
  useShortcuts();
  useRecentCodes();
  useTheme();
  return (
    <Tabs.Root
      className="app"
      data-task={task}
      value={task}
      onValueChange={(next) => {
        if (!isTaskId(next)) return;
        library.show(null);
        query.setTask(next);
      }}
    >
      <Masthead />
      <Notices onUpdate={onUpdate} />
      <main>
        <div className="bench" hidden={place !== null}>
          {TASK_IDS.map((id) => (
            <Tabs.Panel key={id} value={id} className="sheet" tabIndex={-1}>
              <Workbench task={id} />
            </Tabs.Panel>
          ))}
        </div>
        <Suspense>{place && <Library place={place} />}</Suspense>
      </main>
      {over && <p className="drop-veil">{words.dropToAdd(broughtTo(task))}</p>}
      <Suspense>{reads && <ReaderDialog />}</Suspense>
      <Suspense>{modelsWereShown && <ModelsDialog />}</Suspense>
      <LaidOver />
      <Announcer />
    </Tabs.Root>
  );
}

/** A task's place: what it is for, its view, the prompt and the material; before anything is added, only how to. */
function Workbench({ task }: { readonly task: TaskId }) {
  const ready = useApp((state) => state.corpus.ready);
  const isEmpty = useApp(
    (state) =>
      selectSources(state, task).length === 0 &&
      !(task === "chat" && isTalking(state)) &&
      state.remote.links?.[selectCollection(state, task)?.id ?? -1]?.mode !== "remote",
  );
  const { remote } = useActions();
  useEffect(() => remote.ensure(), [remote]);
  const heading = useRef<HTMLHeadingElement>(null);
  const wasEmpty = useRef(false);
  useEffect(() => {
    // What was pressed to add something is gone with it: from here a keyboard goes on to the query.
    if (wasEmpty.current && !isEmpty && document.activeElement === document.body)
      heading.current?.focus({ preventScroll: true });
    wasEmpty.current = ready && isEmpty;
  }, [ready, isEmpty]);
  const View = VIEWS[task];
  const { title, explained } = aboutOf(task);
  return (
    <>
      <section className="work" aria-label={title}>
        <header className="purpose">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p>{explained}</p>
          {ready && !isEmpty && <Jump />}
        </header>
        <Suspense>{ready && (isEmpty ? <Empty task={task} /> : <View />)}</Suspense>
      </section>
      {ready && !isEmpty && (
        <Suspense>
          <PromptPanel task={task} />
          <MaterialPanel task={task} />
        </Suspense>
      )}
    </>
  );
}

/** Nothing is in the collection yet: how to begin, and the way back to another one where there is one. */
function Empty({ task }: { readonly task: TaskId }) {
  const collection = useApp((state) => selectCollection(state, task));
  const words = useWords("shell", shell);
  const { libraryHolds } = useWords("material", material);
  const isOneOfMany = useApp(
    ({ corpus }) => corpus.collections.filter(({ kind }) => kind === KIND_OF_TASK[task]).length > 1,
  );
  return (
    <>
      {collection && isOneOfMany && (
        <p>
          <strong dir="auto">{shownName(collection)}</strong> {words.isEmpty}{" "}
          <Suspense>
            <Collections task={task} />
          </Suspense>
        </p>
      )}
      <AddMaterial task={task} primary />
      <p className="quiet">
        <LibraryLink task={task} /> {libraryHolds}
      </p>
      <TourOffer />
      {task === "chat" && <BeginTalk />}
    </>
  );
}

/** Offers the tour to who has not taken it; it needs the sample that it walks over. */
function TourOffer() {
  const isOffered = useApp(({ panel }) => !panel.toured && panel.samples.some(({ task }) => task === "qa"));
  const { panel } = useActions();
  const words = useWords("shell", shell);
  if (!isOffered) return null;
  return (
    <p className="quiet">
      <button type="button" className="link" onClick={() => panel.goTour(0)}>
        {words.takeTour}
      </button>{" "}
      {words.tourAdds}
    </p>
  );
}

/** The palette and its like, from the first time that one of them is asked for. */
function LaidOver() {
  const wasAsked = useWasTrue(useApp(({ panel }) => panel.overlay !== null || panel.tour !== null));
  return <Suspense>{wasAsked && <Overlays />}</Suspense>;
}

/** In one column, ways to what stands further down. */
function Jump() {
  const words = useWords("shell", shell);
  const go = (panel: string): void => {
    const place = document.querySelector<HTMLElement>(panel);
    place?.scrollIntoView();
    place?.focus();
  };
  return (
    <nav className="jump" aria-label={words.onThisPage}>
      <button type="button" className="link" onClick={() => go(".panel.water")}>
        {words.prompt}
      </button>
      <button type="button" className="link" onClick={() => go(".panel.land")}>
        {words.material}
      </button>
    </nav>
  );
}
