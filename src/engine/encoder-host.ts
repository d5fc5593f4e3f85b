import { createTurns } from "../base/turns.ts";
import {
  isSextantError,
  toSextantError,
  type EngineEvent,
  type LoadProgress,
  type ModelChoice,
  type ModelInfo,
} from "../contract/index.ts";
import {
  isGpuFault,
  openDevice,
  openOn,
  placeModel,
  reopen,
  type Opened,
  type Placement,
  type Reports,
  type Wanted,
} from "./devices.ts";
import type { EncoderPart, ModelPart } from "./parts.ts";

/**
 * Holds the one open encoder: opens it on first need, exchanges it, and opens it again when its GPU fails. Work that is
 * under way when it is exchanged is done again by the next one.
 */
export interface EncoderHost {
  /** What the open encoder is computed on; null on WASM, and while none is open. */
  readonly gpuDevice: GPUDevice | null;
  /** The model that a first call will open; null when one is open, or the model has no vectors. */
  coming(): Promise<ModelInfo | null>;
  /** The open encoder; a failed opening is tried again at the next call. */
  current(): Promise<Opened>;
  /** Opens another model or device; what was open stays when that fails. */
  choose(change: Partial<Wanted>, onProgress: (progress: LoadProgress) => void): Promise<Opened>;
  /** `key` names the model that gave the vectors: another may have been opened since the caller looked. */
  encode(...args: Parameters<EncoderPart["encode"]>): Promise<Encoded>;
  close(): Promise<void>;
}

/** A GPU that is lost, lost again, and WASM. */
const MOST_ATTEMPTS = 3;

type Encoded = Awaited<ReturnType<EncoderPart["encode"]>> & { readonly key: string };

export interface HostReports {
  readonly emit: (event: EngineEvent) => void;
  /** The encoder is another one without anyone having asked, or is still the one that it was before another was tried. */
  readonly onChange: () => void;
}

export function createEncoderHost(
  model: ModelPart,
  firstWanted: () => Promise<Wanted>,
  { emit, onChange }: HostReports,
): EncoderHost {
  const turns = createTurns();
  let opened: Opened | undefined;
  let latest = new AbortController();
  let replacing = Promise.resolve();

  const exchange = async (next: Opened | undefined): Promise<void> => {
    const before = opened;
    opened = next;
    await before?.encoder.close();
  };

  const adopt = async (next: Opened): Promise<Opened> => {
    latest.abort();
    latest = new AbortController();
    await exchange(next);
    return next;
  };

  const reportsTo = (onProgress?: (progress: LoadProgress) => void): Reports => ({
    onEvent: emit,
    onProgress: (progress) => {
      onProgress?.(progress);
      emit({ type: "loading", progress });
    },
  });

  /** A GPU compiles for seconds; a model that is new here answers on WASM until then. */
  const open = async (wanted: Wanted, onProgress?: (progress: LoadProgress) => void): Promise<Opened> => {
    const reports = reportsTo(onProgress);
    const placement = await placeModel(model, wanted.device);
    const isOpen = opened !== undefined && isSame(opened.model, wanted.model);
    const next =
      placement.replaceable && !isOpen
        ? await openOn(model, wanted, { used: "wasm", reason: "WASM answers while WebGPU starts." }, reports)
        : await openDevice(model, wanted, placement, reports);
    await adopt(next);
    if (next.device.used !== placement.used && !isOpen)
      replacing = replace(next, wanted, placement, latest.signal);
    return next;
  };

  /** Exchanges the stand-in once the GPU has run every shape of batch; until then WASM answers. */
  async function replace(
    first: Opened,
    wanted: Wanted,
    placement: Placement,
    signal: AbortSignal,
  ): Promise<void> {
    const quietly = { onEvent: emit, onProgress: () => undefined };
    try {
      const next = await openOn(model, wanted, placement, quietly);
      try {
        await next.encoder.warm(signal);
        await turns.take("later", () => exchange(next), signal);
      } catch (error) {
        await next.encoder.close();
        throw error;
      }
    } catch (error) {
      if (signal.aborted) return;
      const { code, message } = toSextantError(error);
      opened = { ...first, device: { ...first.device, reason: `WebGPU failed: ${message}` } };
      emit({ type: "degraded", what: "device", from: "webgpu", to: "wasm", why: message, code });
    }
    onChange();
  }

  /** Tabs that saw it load and asked for nothing, after a takeover for one, hear that it came to nothing. */
  const tellFailure = async <T>(opening: () => Promise<T>): Promise<T> => {
    try {
      return await opening();
    } catch (error) {
      const { code, message } = toSextantError(error);
      if (opened) onChange();
      else emit({ type: "unopened", code, message });
      throw error;
    }
  };

  /** The same tabs hear that it is done. */
  const openFirst = async (): Promise<Opened> => {
    const first = await tellFailure(async () => open(await firstWanted()));
    onChange();
    return first;
  };

  const wantedNow = async (): Promise<Wanted> =>
    opened ? { model: opened.model, device: opened.device.asked } : firstWanted();

  /** The encoder that goes on with work which another has failed. Throws: `error` when none would do better. */
  const insteadOf = (failed: EncoderPart, error: unknown, isFirst: boolean): Promise<Opened> =>
    turns.take("later", async () => {
      const isFault = isGpuFault(error, failed);
      if (!isFault && !isSextantError(error, "boundary/closed")) throw error;
      if (opened && opened.encoder !== failed) return opened;
      if (!isFault) throw error;
      const wanted = await wantedNow();
      const next = await adopt(await tellFailure(() => reopen(model, wanted, error, isFirst, reportsTo())));
      onChange();
      return next;
    });

  const host: EncoderHost = {
    get gpuDevice() {
      return opened?.encoder.gpuDevice ?? null;
    },
    coming: async () => (opened ? null : model.info((await firstWanted()).model)),
    current: () => turns.take("later", async () => opened ?? openFirst()),
    choose: (change, onProgress) =>
      turns.take("later", () =>
        tellFailure(async () => open({ ...(await wantedNow()), ...change }, onProgress)),
      ),
    async encode(texts, options) {
      let { encoder } = await host.current();
      for (let attempt = 0; ; attempt++) {
        try {
          return { ...(await encoder.encode(texts, options)), key: encoder.info.key };
        } catch (error) {
          if (attempt === MOST_ATTEMPTS - 1) throw error;
          ({ encoder } = await insteadOf(encoder, error, attempt === 0));
        }
      }
    },
    async close() {
      latest.abort();
      await replacing;
      await turns.take("later", () => exchange(undefined));
    },
  };
  return host;
}

function isSame(a: ModelChoice, b: ModelChoice): boolean {
  return a.modelId === b.modelId && a.dtype === b.dtype;
}
