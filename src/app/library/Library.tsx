import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { bundleName } from "./bundle-name.ts";
import { chooseTarget } from "./choose-target.ts";
import { KINDS, type Collection, type Kind } from "../../contract/index.ts";
import { formatNoun } from "../parts/format.ts";
import { useActions, useApp } from "../state/context.tsx";
import { ALL_COLLECTIONS, type LibraryPlace } from "../state/library.ts";
import { aboutOf, NOUN_OF_KIND } from "../views/about.ts";
import { shownName } from "../state/collection-name.ts";
import { keeping } from "../words/en/keeping.ts";
import { library } from "../words/en/library.ts";
import { remote as english } from "../words/en/remote.ts";
import { useWords, wordsOf } from "../words/words.ts";
import { CollectionPage } from "./CollectionPage.tsx";
import { PlaceBadge } from "../remote/PlaceBadge.tsx";
import { ImportNotices, Removed } from "./Removed.tsx";
import { SourcePage } from "./SourcePage.tsx";
import "../style/library.css";

const RemoteDialog = lazy(async () => ({
  default: (await import("../remote/RemoteDialog.tsx")).RemoteDialog,
}));

/** Everything that was brought: collections, their sources, the passages of a source. */
export function Library({ place }: { readonly place: LibraryPlace }) {
  const words = useWords("library", library);
  const task = useApp((state) => state.query.task);
  const collections = useApp((state) => state.corpus.collections);
  const sources = useApp((state) => state.corpus.sourcesByCollection[place.collectionId ?? -1]);
  const edition = useApp((state) => state.passages.edition);
  const { library: actions } = useActions();
  const isConnecting = useApp((state) => state.remote.dialog !== null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { collectionId, sourceId } = place;
  const collection = collections.find(({ id }) => id === collectionId);
  const source = sources?.find(({ id }) => id === sourceId);

  useEffect(() => void actions.refresh(), [actions, collectionId, edition]);
  useEffect(() => heading.current?.focus(), []);

  return (
    <section
      className="library"
      aria-labelledby="library-title"
      onKeyDown={(event) => {
        const isWriting =
          event.target instanceof HTMLElement && event.target.closest("input, textarea, select");
        if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isWriting) return;
        event.preventDefault();
        void actions.undoLast();
      }}
    >
      <header className="library-head">
        <button type="button" className="button" onClick={() => actions.show(null)}>
          {words.back(aboutOf(task).label)}
        </button>
        <h1 id="library-title" ref={heading} tabIndex={-1}>
          {words.title}
        </h1>
        <Bundles />
      </header>
      <ImportNotices />
      <Suspense>{isConnecting && <RemoteDialog />}</Suspense>
      <div className="library-panes" data-at={source ? "source" : collection ? "collection" : "all"}>
        <nav className="library-side land" aria-label={words.collections}>
          <CollectionLinks collections={collections} current={collection} />
          <MakeCollection />
          <Removed />
        </nav>
        <div className="library-main">
          {collection && (
            <nav className="library-crumbs" aria-label={words.where}>
              <button type="button" className="link" onClick={() => actions.show(ALL_COLLECTIONS)}>
                {words.title}
              </button>
              <span aria-hidden="true">›</span>
              <button
                type="button"
                className="link"
                aria-current={source ? undefined : "page"}
                onClick={() => actions.show({ collectionId: collection.id, sourceId: null })}
              >
                {shownName(collection)}
              </button>
              {source && <span aria-hidden="true">›</span>}
              {source && <span aria-current="page">{source.name}</span>}
            </nav>
          )}
          {source && collection ? (
            <SourcePage key={source.id} source={source} collection={collection} />
          ) : collection ? (
            <CollectionPage key={collection.id} collection={collection} sources={sources ?? []} />
          ) : (
            <p className="quiet">{collections.length === 0 ? words.noCollection : words.explained}</p>
          )}
        </div>
      </div>
    </section>
  );
}

/** Everything out as one file, and such a file in. */
function Bundles() {
  const words = useWords("library", library);
  const remoteWords = useWords("remote", english);
  const { library: actions, remote } = useActions();
  const hasAny = useApp((state) => state.corpus.collections.length > 0);
  const input = useRef<HTMLInputElement>(null);
  const exportAll = async (): Promise<void> => {
    const target = await chooseTarget(bundleName("Sextant", new Date()));
    if (target) await actions.exportBundle(wordsOf("keeping", keeping).everything, null, target);
  };
  return (
    <p className="library-bundles">
      <button type="button" className="button" disabled={!hasAny} onClick={() => void exportAll()}>
        {words.exportAll}
      </button>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {words.importFile}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".zip"
        aria-label={words.importFile}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void actions.importBundle(file);
          event.currentTarget.value = "";
        }}
      />
      <button type="button" className="button" onClick={() => remote.show("open")}>
        {remoteWords.fromServer}
      </button>
      <span className="quiet">{words.dropBundle}</span>
    </p>
  );
}

interface CollectionLinksProps {
  readonly collections: readonly Collection[];
  readonly current: Collection | undefined;
}

function CollectionLinks({ collections, current }: CollectionLinksProps) {
  const { library: actions } = useActions();
  return (
    <ul className="library-collections">
      {collections.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            className="library-collection"
            aria-current={one === current ? "true" : undefined}
            onClick={() => actions.show({ collectionId: one.id, sourceId: null })}
          >
            <span className="row-name" dir="auto">
              {shownName(one)}
            </span>
            <span className="quiet">
              {formatNoun(one.sources, "source")}, {formatNoun(one.passages, NOUN_OF_KIND[one.kind])}
            </span>
            <PlaceBadge collectionId={one.id} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function MakeCollection() {
  const words = useWords("library", library);
  const { library: actions } = useActions();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Kind>("document");
  return (
    <details className="library-make">
      <summary>{words.make}</summary>
      <form
        className="name-form"
        onSubmit={(event) => {
          event.preventDefault();
          setName("");
          void actions.create(kind, name.trim());
        }}
      >
        <label className="stacked">
          {words.called}
          <input className="field" value={name} onChange={(event) => setName(event.currentTarget.value)} />
        </label>
        <label className="stacked">
          {words.holds}
          <select
            className="field"
            value={kind}
            onChange={(event) => setKind(KINDS.find((one) => one === event.currentTarget.value) ?? kind)}
          >
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {words.kinds[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button" disabled={name.trim() === ""}>
          {words.make}
        </button>
      </form>
    </details>
  );
}
