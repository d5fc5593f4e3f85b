import { useState } from "react";
import {
  KIND_OF_TASK,
  TASK_IDS,
  type Collection,
  type CollectionFacts,
  type Source,
} from "../../contract/index.ts";
import { ConfirmDelete } from "../parts/ConfirmDelete.tsx";
import { formatBytes, formatCount, formatDate, formatNoun } from "../parts/format.ts";
import { CollectionPlace } from "../remote/CollectionPlace.tsx";
import { useActions, useApp } from "../state/context.tsx";
import { aboutOf, NOUN_OF_KIND } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { library } from "../words/en/library.ts";
import { useWords } from "../words/words.ts";
import { bundleName } from "./bundle-name.ts";
import { chooseTarget } from "./choose-target.ts";
import { NameForm } from "./SourceActions.tsx";
import { SourceList } from "./SourceList.tsx";

interface CollectionPageProps {
  readonly collection: Collection;
  readonly sources: readonly Source[];
}

/** One collection: what it holds and takes, its name, and its sources. */
export function CollectionPage({ collection, sources }: CollectionPageProps) {
  const words = useWords("library", library);
  const facts = useApp((state) => state.library.facts[collection.id]);
  const { library: actions, corpus, query } = useActions();
  const task = useApp((state) => state.query.task);
  const [renaming, setRenaming] = useState(false);
  const { id, kind } = collection;
  const name = shownName(collection);
  const searchIn = (): void => {
    const fitting = KIND_OF_TASK[task] === kind ? task : TASK_IDS.find((one) => KIND_OF_TASK[one] === kind);
    actions.show(null);
    corpus.choose(collection);
    if (fitting) query.setTask(fitting);
  };
  const exportIt = async (): Promise<void> => {
    const target = await chooseTarget(bundleName(name, new Date()));
    if (target) await actions.exportBundle(name, [id], target);
  };
  return (
    <>
      <header className="library-page-head">
        {renaming ? (
          <NameForm
            name={name}
            onCancel={() => setRenaming(false)}
            onSave={(next) => {
              setRenaming(false);
              void actions.renameCollection(id, next);
            }}
          />
        ) : (
          <h2 dir="auto">{name}</h2>
        )}
        <p className="sounding">
          {[
            words.kinds[kind],
            formatNoun(collection.sources, "source"),
            formatNoun(collection.passages, NOUN_OF_KIND[kind]),
            facts ? words.text(formatBytes(facts.textBytes)) : "",
            facts ? words.vectors(formatBytes(facts.vectorBytes)) : "",
            words.madeOn(formatDate(collection.createdAt)),
            facts?.lastAddedAt ? words.lastAdded(formatDate(facts.lastAddedAt)) : "",
          ]
            .filter((fact) => fact !== "")
            .join(" · ")}
        </p>
        <div className="library-tools">
          <button type="button" className="button strong" onClick={searchIn}>
            {words.searchIn}
          </button>
          <button type="button" className="button" onClick={() => setRenaming(true)}>
            {words.rename}
          </button>
          <button type="button" className="button" onClick={() => void exportIt()}>
            {words.exportOne}
          </button>
          <DeleteButton collection={collection} name={name} />
        </div>
        <CollectionPlace collection={collection} />
        {facts && <Indexes facts={facts} />}
      </header>
      <SourceList collection={collection} sources={sources} />
    </>
  );
}

/** Deleting a collection asks, although it can be undone: it takes much along. */
function DeleteButton({ collection, name }: { readonly collection: Collection; readonly name: string }) {
  const words = useWords("library", library);
  const { library: actions } = useActions();
  const { id, sources, passages, kind } = collection;
  return (
    <ConfirmDelete
      trigger={{ label: words.deleteIt, className: "button danger" }}
      title={words.reallyDelete(name)}
      keep={words.keepIt}
      remove={words.deleteIt}
      onRemove={() => void actions.deleteCollection(id)}
    >
      {words.deleteExplained(formatNoun(sources, "source"), formatNoun(passages, NOUN_OF_KIND[kind]))}
    </ConfirmDelete>
  );
}

/** Which vectors there are: a line a task and model. */
function Indexes({ facts }: { readonly facts: CollectionFacts }) {
  const words = useWords("library", library);
  const key = useApp((state) => state.model.status?.model.key);
  if (facts.indexes.length === 0) return <p className="quiet">{words.noVectors}</p>;
  return (
    <details className="library-indexes">
      <summary>
        {words.vectorsOf}: {formatCount(facts.indexes.length)}
      </summary>
      <ul>
        {facts.indexes.map(({ id, task, modelKey, present, missing }) => (
          <li key={id}>
            {aboutOf(task).label}: <code>{modelKey}</code>
            {modelKey === key && ` (${words.inUse})`},{" "}
            {words.indexed(formatCount(present), formatCount(present + missing))}
          </li>
        ))}
      </ul>
    </details>
  );
}
