import type {
  BegunImport,
  CollectionFacts,
  Kind,
  Passage,
  PassageEdit,
  RefusedVectors,
  Removal,
  Source,
  SourceFacts,
} from "../../contract/index.ts";
import { material } from "../words/en/material.ts";
import { wordsOf } from "../words/words.ts";
import type { ExportTarget } from "./export-bundle.ts";
import type { SliceContext } from "./slice.ts";

/** Where in the library one is: all collections, one of them, or one of its sources. */
export interface LibraryPlace {
  readonly collectionId: number | null;
  readonly sourceId: number | null;
}

export interface LibraryState {
  /** null while a task is on show. */
  readonly place: LibraryPlace | null;
  /** What can be brought back, the latest first; without those whose notice was dismissed. */
  readonly removals: readonly Removal[];
  /** Removals of this visit that are told of. */
  readonly told: readonly number[];
  readonly facts: Readonly<Record<number, CollectionFacts>>;
  readonly sourceFacts: SourceFacts | null;
  /** Vectors that an import has left out. */
  readonly refused: readonly RefusedVectors[];
  /** Imports that did not come to their end, in this visit or an earlier one. */
  readonly begun: readonly BegunImport[];
  /** Names of those files that the page still has in hand. */
  readonly atHand: readonly string[];
}

export const initialLibrary: LibraryState = {
  place: null,
  removals: [],
  told: [],
  facts: {},
  sourceFacts: null,
  refused: [],
  begun: [],
  atHand: [],
};

/** What is done in the library; its code is loaded when the first of it is. */
export interface LibraryWork {
  /** Asks what can be brought back, and how the collection on show stands. */
  refresh(): Promise<void>;
  /** Asks what became of a source's text. */
  look(sourceId: number): Promise<void>;
  create(kind: Kind, name: string): Promise<void>;
  renameCollection(collectionId: number, name: string): Promise<void>;
  renameSource(source: Source, name: string): Promise<void>;
  deleteCollection(collectionId: number): Promise<void>;
  remove(sources: readonly Source[]): Promise<void>;
  /** One passage that stands for itself. */
  removePassage(passage: Passage, source: Source): Promise<void>;
  undo(removal: Removal): Promise<void>;
  /** Undoes what was removed last. */
  undoLast(): Promise<void>;
  /** Frees one removal, or all. */
  free(removal?: Removal): Promise<void>;
  /** Whether it was stored. */
  edit(passage: Passage, edit: PassageEdit): Promise<boolean>;
  revert(passage: Passage): Promise<boolean>;
  exportBundle(name: string, collectionIds: readonly number[] | null, target: ExportTarget): Promise<void>;
  importBundle(file: File): Promise<void>;
  /** Goes on with the file that the page has in hand. */
  resumeImport(begun: BegunImport): Promise<void>;
  /** Leaves what came of it as it is; what its sources lack is made from their text. */
  forgetImport(begun: BegunImport): Promise<void>;
  /** Embeds what an import has left out. */
  embedAgain(refused: RefusedVectors): Promise<void>;
}

export interface LibraryActions extends LibraryWork {
  /** Goes to a place in the library; null goes back to the task. */
  show(place: LibraryPlace | null): void;
  dismiss(removal: Removal): void;
  /** Asks which imports did not come to their end. */
  recallImports(): Promise<void>;
}

export const ALL_COLLECTIONS: LibraryPlace = { collectionId: null, sourceId: null };

/** What the page can ask of the library; it waits for the code of all but going there. */
export function createLibraryActions(context: SliceContext): LibraryActions {
  const { read, write } = context;
  let loading: Promise<LibraryWork> | undefined;

  async function load(): Promise<LibraryWork> {
    loading ??= import("./library-work.ts").then(({ createLibraryWork }) => createLibraryWork(context));
    try {
      return await loading;
    } catch (error) {
      loading = undefined;
      context.actions.jobs.fail(wordsOf("material", material).library, error);
      throw error;
    }
  }

  return {
    show(place) {
      const before = read().library.place;
      if (before?.collectionId === place?.collectionId && before?.sourceId === place?.sourceId) return;
      write("library", { place, sourceFacts: null });
    },
    dismiss({ id }) {
      write("library", { told: read().library.told.filter((one) => one !== id) });
    },
    async recallImports() {
      const begun = await context.engine.begunImports({}).catch(() => null);
      if (begun && begun.length + read().library.begun.length > 0) write("library", { begun });
    },
    refresh: async () => (await load()).refresh(),
    look: async (sourceId) => (await load()).look(sourceId),
    create: async (kind, name) => (await load()).create(kind, name),
    renameCollection: async (collectionId, name) => (await load()).renameCollection(collectionId, name),
    renameSource: async (source, name) => (await load()).renameSource(source, name),
    deleteCollection: async (collectionId) => (await load()).deleteCollection(collectionId),
    remove: async (sources) => (await load()).remove(sources),
    removePassage: async (passage, source) => (await load()).removePassage(passage, source),
    undo: async (removal) => (await load()).undo(removal),
    undoLast: async () => (await load()).undoLast(),
    free: async (removal) => (await load()).free(removal),
    edit: async (passage, edit) => (await load()).edit(passage, edit),
    revert: async (passage) => (await load()).revert(passage),
    exportBundle: async (name, collectionIds, target) =>
      (await load()).exportBundle(name, collectionIds, target),
    importBundle: async (file) => (await load()).importBundle(file),
    resumeImport: async (begun) => (await load()).resumeImport(begun),
    forgetImport: async (begun) => (await load()).forgetImport(begun),
    embedAgain: async (refused) => (await load()).embedAgain(refused),
  };
}
