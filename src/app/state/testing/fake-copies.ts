import type {
  Collection,
  Engine,
  RemoteAccess,
  ReadableListing,
  RemoteLink,
} from "../../../contract/index.ts";

type Called = <I, O>(name: string, work: (input: I) => O | Promise<O>) => (input: I) => Promise<O>;

/** What is on the fake server, whatever its address. */
export const FAKE_LISTING: ReadableListing = {
  remoteName: "harbour-qa",
  name: "Harbour",
  kind: "document",
  task: "qa",
  modelId: "fake",
  modelKey: "fake/q8",
  dtype: "q8",
  chunkers: ["markdown/1"],
  passages: 12_000,
  obstacle: null,
};

type Copying =
  | "exportBundle"
  | "importBundle"
  | "begunImports"
  | "forgetImport"
  | "remotes"
  | "listRemote"
  | "openRemote"
  | "push"
  | "pull"
  | "forgetRemote";

/** The calls that take collections elsewhere: bundles of nothing, and one server, which has one collection and takes what it is given. */
export function createFakeCopies(
  called: Called,
  collections: { readonly all: () => readonly Collection[]; readonly add: (name: string) => Collection },
): Pick<Engine, Copying> {
  const links = new Map<number, RemoteLink>();
  const link = (
    collectionId: number,
    mode: RemoteLink["mode"],
    { url, tenant, database }: RemoteAccess,
  ): RemoteLink => {
    const made = {
      collectionId,
      mode,
      server: { url, tenant, database },
      remoteName: FAKE_LISTING.remoteName,
      task: "qa",
      policy: "use",
      atMs: 0,
      passages: FAKE_LISTING.passages,
    } as const;
    links.set(collectionId, made);
    return made;
  };
  return {
    exportBundle: called("exportBundle", () => ({ collections: 0, passages: 0, sizeBytes: 0 })),
    importBundle: called("importBundle", () => ({
      collections: [],
      passages: 0,
      vectors: 0,
      refused: [],
      preferences: {},
    })),
    begunImports: called("begunImports", () => []),
    forgetImport: called("forgetImport", () => undefined),
    remotes: called("remotes", () => [...links.values()]),
    listRemote: called("listRemote", () => [FAKE_LISTING]),
    openRemote: called("openRemote", ({ access }: { readonly access: RemoteAccess }) => {
      const made = collections.add(FAKE_LISTING.name);
      link(made.id, "remote", access);
      return made;
    }),
    push: called(
      "push",
      ({ collectionId, access }: { readonly collectionId: number; readonly access: RemoteAccess }) => {
        link(collectionId, "pushed", access);
        return {
          remoteName: FAKE_LISTING.remoteName,
          passages: 2,
          sent: 2,
          others: 0,
          removed: 0,
          tookMs: 1,
        };
      },
    ),
    pull: called("pull", ({ access }: { readonly access: RemoteAccess }) => {
      const known = [...links.values()].find(({ mode }) => mode === "remote");
      const collection =
        collections.all().find(({ id }) => id === known?.collectionId) ?? collections.add(FAKE_LISTING.name);
      link(collection.id, "pushed", access);
      return { collection, passages: 2, received: 2, vectors: 2, kept: 0 };
    }),
    forgetRemote: called("forgetRemote", ({ collectionId }: { readonly collectionId: number }) => {
      links.delete(collectionId);
    }),
  };
}
