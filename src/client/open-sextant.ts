import { connect, joinTab } from "../boundary/index.ts";
import type { DeviceChoice, EngineCalls, Sextant, SextantError } from "../contract/index.ts";
import { findBuiltInGenerator } from "./find-built-in.ts";
import { probeFeatures } from "./features.ts";
import { claimOwnership, ownerIsSilent } from "./ownership.ts";
import { keepRunning, type EngineRun } from "./restart.ts";
import { standBy } from "./standby.ts";
import { startWorkers, type OwnWorkers } from "./start-workers.ts";

export interface OpenOptions {
  /** Overrides the device that was chosen last, for this visit; the tab that runs the engine decides. */
  readonly device?: DeviceChoice;
  /** Takes engine and database over from a tab that does not answer. */
  readonly takeOver?: boolean;
  /** Folder of the model files; default is `models/` beside the page. */
  readonly modelsUrl?: string;
}

/** A tab that runs the engine and does not answer for so long is frozen or broken. */
const PATIENCE_MS = 15_000;

const never = new Promise<never>(() => undefined);

/**
 * Opens the one Sextant of this origin. The first tab starts the engine and storage workers, the others are served by
 * it; when it goes, the next one starts them and the others join it. An engine worker that dies is replaced.
 *
 * Throws: `storage/busy-elsewhere` when the tab that runs the engine does not answer, `storage/unavailable`,
 * `storage/corrupt`, `storage/newer-schema`, `boundary/lost` when a worker cannot start, `boundary/protocol` when
 * another tab runs another version.
 */
export async function openSextant(options: OpenOptions = {}): Promise<Sextant> {
  const takeOver = options.takeOver ?? false;
  const ownership = claimOwnership({ steal: takeOver });
  const standby = standBy(ownership.granted);
  let own: OwnWorkers | undefined;
  let tellLost: (error: SextantError) => void = () => undefined;
  const databaseLost = new Promise<SextantError>((resolve) => (tellLost = resolve));

  const startOwn = (): EngineRun => {
    if (!own) {
      const modelsUrl = new URL(options.modelsUrl ?? "models/", document.baseURI).href;
      own = startWorkers({ device: options.device ?? null, modelsUrl, takeOver, ready: standby.take() });
      void own.lost.then(tellLost);
    }
    return own.startEngine();
  };

  const start = async (): Promise<EngineRun> => {
    const settled = new AbortController();
    const patience = setTimeout(() => settled.abort(ownerIsSilent()), PATIENCE_MS);
    const ours = ownership.granted.then(() => (settled.signal.aborted ? never : startOwn()));
    try {
      return await Promise.race([ours, joinOther(settled.signal)]);
    } finally {
      clearTimeout(patience);
      settled.abort();
    }
  };

  const { engine, lost: engineLost } = keepRunning(start);
  const lost = Promise.race([engineLost, databaseLost]);
  const stop = async (): Promise<void> => {
    await engine.close();
    own?.stop();
    standby.close();
    ownership.release();
  };
  void lost.then(stop);
  try {
    await Promise.race([engine.collections({}), lost.then((error) => Promise.reject(error))]);
    return {
      engine,
      features: await probeFeatures(),
      builtIn: findBuiltInGenerator(),
      persist: () => navigator.storage.persist(),
      lost,
      close: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function joinOther(signal: AbortSignal): Promise<EngineRun> {
  const link = await joinTab(signal);
  return {
    engine: connect<EngineCalls>(link),
    gone: new Promise((resolve) => link.onLost(resolve)),
    isOurs: false,
    stop: () => link.close(),
  };
}
