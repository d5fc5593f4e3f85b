import {
  SextantError,
  type Collection,
  type CollectionFacts,
  type Passage,
  type PassageEdit,
  type Removal,
  type Source,
  type SourceFacts,
} from "../../../contract/index.ts";

type Named = Omit<Collection, "sources" | "passages">;

/** What the fake engine keeps; the calls below change it. */
export interface FakeShelves {
  readonly collections: Named[];
  readonly sources: { source: Source; text: string }[];
  readonly passages: Passage[];
  described(collection: Named): Collection;
}

interface Held {
  readonly removal: Removal;
  readonly collections: readonly Named[];
  readonly sources: FakeShelves["sources"];
  readonly passages: readonly Passage[];
}

/** Moves what `matches` out of a list. */
function take<T>(list: T[], matches: (one: T) => boolean): T[] {
  const taken = list.filter(matches);
  list.splice(0, list.length, ...list.filter((one) => !taken.includes(one)));
  return taken;
}

const gone = (what: string) =>
  new SextantError("storage/not-found", `This ${what} is gone: read the list again.`);

/** The calls that look after what is stored, over plain lists. */
export function createFakeLibrary(shelves: FakeShelves) {
  const held: Held[] = [];
  const original = new Map<number, Passage>();
  let lastId = 0;

  function hold(
    what: Removal["what"],
    of: Named,
    ids: readonly number[],
    collections: readonly Named[],
  ): Removal {
    const sources = take(shelves.sources, ({ source }) => ids.includes(source.id));
    const passages = take(shelves.passages, (passage) => ids.includes(passage.sourceId));
    const name = what === "collection" ? of.name : (sources[0]?.source.name ?? "");
    const counts = { sources: sources.length, passages: passages.length };
    const removal = {
      id: ++lastId,
      what,
      collectionId: of.id,
      name,
      ...counts,
      keptUntilMs: Date.now() + 600_000,
    };
    held.unshift({ removal, collections, sources, passages });
    return removal;
  }

  const collectionById = (id: number): Named => {
    const found = shelves.collections.find((one) => one.id === id);
    if (!found) throw gone("collection");
    return found;
  };

  const change = (passageId: number, patch: (passage: Passage) => Passage): Passage => {
    const at = shelves.passages.findIndex(({ id }) => id === passageId);
    const passage = shelves.passages[at];
    if (!passage) throw gone("passage");
    const changed = patch(passage);
    shelves.passages[at] = changed;
    return changed;
  };

  return {
    renameCollection({
      collectionId,
      name,
    }: {
      readonly collectionId: number;
      readonly name: string;
    }): Collection {
      const renamed = { ...collectionById(collectionId), name };
      shelves.collections.splice(shelves.collections.indexOf(collectionById(collectionId)), 1, renamed);
      return shelves.described(renamed);
    },
    collectionFacts({ collectionId }: { readonly collectionId: number }): CollectionFacts {
      const texts = shelves.sources.filter(({ source }) => source.collectionId === collectionId);
      const textBytes = texts.reduce((sum, { text }) => sum + text.length, 0);
      return { collectionId, textBytes, vectorBytes: textBytes * 2, indexes: [], lastAddedAt: null };
    },
    deleteCollection({ collectionId }: { readonly collectionId: number }): Removal {
      const collection = collectionById(collectionId);
      const ids = shelves.sources
        .filter(({ source }) => source.collectionId === collectionId)
        .map(({ source }) => source.id);
      return hold(
        "collection",
        collection,
        ids,
        take(shelves.collections, (one) => one === collection),
      );
    },
    renameSource({ sourceId, name }: { readonly sourceId: number; readonly name: string }): Source {
      const entry = shelves.sources.find(({ source }) => source.id === sourceId);
      if (!entry) throw gone("source");
      entry.source = { ...entry.source, name };
      return entry.source;
    },
    sourceFacts: ({ sourceId }: { readonly sourceId: number }): SourceFacts => ({
      sourceId,
      notices: [],
      droppedUtf16: 0,
      gaps: [],
      gapCount: 0,
    }),
    removeSources({ sourceIds }: { readonly sourceIds: readonly number[] }): Removal {
      const first = shelves.sources.find(({ source }) => sourceIds.includes(source.id));
      if (!first) throw gone("source");
      return hold("sources", collectionById(first.source.collectionId), sourceIds, []);
    },
    removePassage({ passageId }: { readonly passageId: number }): Removal {
      const [passage] = take(shelves.passages, ({ id }) => id === passageId);
      if (!passage) throw gone("passage");
      const removal = hold("passage", collectionById(passage.collectionId), [], []);
      const name = shelves.sources.find(({ source }) => source.id === passage.sourceId)?.source.name ?? "";
      const named = { ...removal, name, sources: 1, passages: 1 };
      held[0] = { removal: named, collections: [], sources: [], passages: [passage] };
      return named;
    },
    removals: (): readonly Removal[] => held.map(({ removal }) => removal),
    restore({ removalId }: { readonly removalId: number }): Removal {
      const [back] = take(held, ({ removal }) => removal.id === removalId);
      if (!back) throw gone("removal");
      shelves.collections.push(...back.collections);
      shelves.sources.push(...back.sources);
      shelves.passages.push(...back.passages);
      return back.removal;
    },
    freeRemovals({ removalIds }: { readonly removalIds?: readonly number[] }): void {
      take(held, ({ removal }) => removalIds?.includes(removal.id) ?? true);
    },
    editPassage({ passageId, edit }: { readonly passageId: number; readonly edit: PassageEdit }): Passage {
      return change(passageId, (passage) => {
        if (!original.has(passageId)) original.set(passageId, passage);
        const { kind, ...words } = edit;
        const text = Object.values(words)
          .filter((word) => typeof word === "string")
          .join("\n");
        return passage.record.kind === kind
          ? { ...passage, text, record: { ...passage.record, ...words } as Passage["record"], isEdited: true }
          : passage;
      });
    },
    revertPassage: ({ passageId }: { readonly passageId: number }): Passage =>
      change(passageId, (passage) => original.get(passageId) ?? passage),
  };
}
