import type { Engine } from "../../contract/index.ts";
import type { AppActions, AppState } from "./store.ts";
import type { Environment } from "./environment.ts";

/** What a slice's actions work with. `actions` is filled once all slices exist: read it when called, not before. */
export interface SliceContext {
  readonly engine: Engine;
  readonly environment: Environment;
  readonly actions: AppActions;
  read(): AppState;
  /** Merges a patch into one slice. */
  write<K extends keyof AppState>(slice: K, patch: Partial<AppState[K]>): void;
}
