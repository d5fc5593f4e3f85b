import type { DeviceChoice } from "../contract/index.ts";

/** Starts the storage worker, and gives it each further engine worker. */
export interface StorageStart {
  readonly engine: MessagePort;
  /** Takes the database from the tab that holds it. */
  readonly takeOver: boolean;
  /** Name of the lock that the worker holds as long as it lives. */
  readonly life: string;
}

/** What the storage worker tells its page on its own account: that it holds its lock, that another tab has the database. */
export interface StorageNews {
  readonly type: "alive" | "taken";
}

/** The one message that starts an engine worker. */
export interface EngineStart {
  readonly page: MessagePort;
  readonly storage: MessagePort;
  /** Name of the lock that the worker holds as long as it lives. */
  readonly life: string;
  /** Folder that holds the models' folders, absolute, with a slash at the end. */
  readonly modelsUrl: string;
  /** Overrides the stored choice for this visit. */
  readonly device: DeviceChoice | null;
}
