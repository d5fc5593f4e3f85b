import type { DeviceGenerator, Sample } from "../../contract/index.ts";

/** A sample with its files' contents. */
export interface LoadedSample {
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
}

/** What the store needs from the page around it; tests bring their own. */
export interface Environment {
  /** Calls back before the next frame is painted. */
  nextFrame(callback: () => void): void;
  loadSamples(signal: AbortSignal): Promise<readonly Sample[]>;
  loadSampleFiles(sample: Sample, signal: AbortSignal): Promise<LoadedSample>;
  /** Asks the browser to keep the data through storage pressure; true when it promises to. */
  persist(): Promise<boolean>;
  readPreference(name: string): string | null;
  writePreference(name: string, value: string): void;
  /** What this tab keeps over a reload; other tabs do not see it. */
  readVisit(name: string): string | null;
  writeVisit(name: string, value: string | null): void;
  /** The browser's own language model; null where it has none. */
  readonly builtIn: DeviceGenerator | null;
}
