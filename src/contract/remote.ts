import type { Collection } from "./passage.ts";
import type { Dtype } from "./models.ts";
import type { Kind, Policy, TaskId } from "./tasks.ts";

/** A Chroma server, and the part of it that is used. Nothing is sent anywhere else. */
export interface RemoteServer {
  /** `https://chroma.example:8000`. */
  readonly url: string;
  readonly tenant: string;
  readonly database: string;
}

/** What a server is asked with; the key stays in memory, for this visit. */
export interface RemoteAccess extends RemoteServer {
  readonly key?: string;
}

/** A collection of Sextant's on a server; of one that another version pushed only the name and what is in the way. */
export type RemoteListing = ReadableListing | UnreadableListing;

export interface UnreadableListing {
  readonly remoteName: string;
  readonly name: string;
  readonly kind: null;
  /** As a sentence for people. */
  readonly obstacle: string;
}

export interface ReadableListing {
  /** Its name on the server. */
  readonly remoteName: string;
  readonly name: string;
  readonly kind: Kind;
  readonly task: TaskId;
  readonly modelId: string;
  readonly modelKey: string;
  readonly dtype: Dtype;
  readonly chunkers: readonly string[];
  readonly passages: number;
  /** Why it cannot be searched now, as a sentence for people; null where it can. */
  readonly obstacle: string | null;
}

/** Where a collection is besides here: `pushed` is a copy there, `remote` lives there and is only cached here. */
export interface RemoteLink {
  readonly collectionId: number;
  readonly mode: "pushed" | "remote";
  readonly server: RemoteServer;
  readonly remoteName: string;
  readonly task: TaskId;
  readonly policy: Policy;
  /** When it was pushed or opened, milliseconds since 1970. */
  readonly atMs: number;
  /** Passages there at that time. */
  readonly passages: number;
}

export interface PushRequest {
  readonly collectionId: number;
  readonly task: TaskId;
  readonly policy?: Policy;
  readonly access: RemoteAccess;
  /** Default is made of the collection's name and the task. */
  readonly remoteName?: string;
  /** Removes from the server what is not in the collection (any more). */
  readonly deletes?: boolean;
}

export interface PushProgress {
  readonly donePassages: number;
  readonly totalPassages: number;
  readonly passagesPerSecond: number;
}

export interface PushReport {
  readonly remoteName: string;
  readonly passages: number;
  /** Those of them that were sent now; the others were there. */
  readonly sent: number;
  /** On the server, not in the collection; `removed` of them were deleted. */
  readonly others: number;
  readonly removed: number;
  readonly tookMs: number;
}

export interface PullReport {
  readonly collection: Collection;
  /** On the server, and here now. */
  readonly passages: number;
  /** Those of them that came now; the others were here. */
  readonly received: number;
  /** Passages that came with their vectors: those of the open model. */
  readonly vectors: number;
  /** Sources that are here in other words than there, and stay so: nothing of the person's own is replaced. */
  readonly kept: number;
}

export interface PullRequest {
  readonly access: RemoteAccess;
  readonly remoteName: string;
  /** Which collection here stands for it from now on; default is the one that does, else a new one. */
  readonly collectionId?: number;
}

export interface PullProgress {
  readonly donePassages: number;
  readonly totalPassages: number;
}

/** How a collection that lives on a server was searched. */
export interface RemoteSearch {
  readonly collectionId: number;
  /** The server's host. */
  readonly host: string;
  /** `filter`: passages with the query's words were found through the server's document filter; `none`: it has none. */
  readonly keywords: "filter" | "none" | "not-asked";
  /** Passages there. */
  readonly passages: number;
}
