import { faceOf } from "../boundary/index.ts";
import {
  isSextantError,
  SextantError,
  type CallOptions,
  type Engine,
  type EngineCalls,
  type EngineEvent,
} from "../contract/index.ts";

/** One run of the engine worker. */
export interface EngineRun {
  readonly engine: Engine;
  /** Settles with the reason when the worker is gone without having been stopped. */
  readonly gone: Promise<string>;
  stop(): void;
}

/** What is not asked again of a new worker: whether the old one had done it is unknown. */
const ASKED_ONCE: ReadonlySet<string> = new Set<keyof EngineCalls>([
  "createCollection",
  "deleteCollection",
  "removeSource",
  "removeModel",
]);

export interface Restarting {
  readonly engine: Engine;
  /** Settles when a worker died that had not answered anything. */
  readonly lost: Promise<SextantError>;
}

/**
 * Puts another worker in the place of one that died, and asks it once more what was not answered.
 *
 * Watchers hear `restarted`. A call that sees two workers die fails with `boundary/lost`, as does everything once a
 * worker dies before its first answer.
 */
export function keepRunning(start: () => EngineRun): Restarting {
  let run: EngineRun;
  let hasAnswered = false;
  let closed = false;
  let tellLost: (error: SextantError) => void = () => undefined;
  const lost = new Promise<SextantError>((resolve) => (tellLost = resolve));

  function begin(): void {
    hasAnswered = false;
    const mine = start();
    run = mine;
    void mine.gone.then((why) => {
      if (closed || run !== mine) return;
      mine.stop();
      if (hasAnswered) begin();
      else
        tellLost(
          new SextantError(
            "boundary/lost",
            `The engine is gone (${why}). Open it again; what was stored is kept.`,
            { why },
          ),
        );
    });
  }
  begin();

  async function call(
    name: string,
    input: unknown,
    options: CallOptions<unknown> = {},
    replays = name === "watch" ? Number.POSITIVE_INFINITY : 1,
  ): Promise<unknown> {
    const mine = run;
    const method = mine.engine[name as keyof EngineCalls] as (
      input: unknown,
      options: CallOptions<unknown>,
    ) => Promise<unknown>;
    try {
      const out = await method(input, options);
      if (run === mine) hasAnswered = true;
      return out;
    } catch (error) {
      if (!isSextantError(error, "boundary/lost")) {
        if (run === mine) hasAnswered = true;
        throw error;
      }
      const why = await mine.gone;
      if (run === mine || replays === 0 || ASKED_ONCE.has(name)) throw error;
      options.signal?.throwIfAborted();
      if (name === "watch") options.onEvent?.({ type: "restarted", why } satisfies EngineEvent);
      return call(name, input, options, replays - 1);
    }
  }

  const close = async (): Promise<void> => {
    closed = true;
    await run.engine.close();
    run.stop();
  };
  return { engine: faceOf<EngineCalls>(call, close), lost };
}
