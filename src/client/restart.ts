import { turnOfLoop } from "../base/turn.ts";
import { faceOf } from "../boundary/index.ts";
import {
  isSextantError,
  SextantError,
  toSextantError,
  type CallOptions,
  type Engine,
  type EngineCalls,
  type EngineEvent,
  type ErrorCode,
} from "../contract/index.ts";

/** One run of the engine, in this tab or in another. */
export interface EngineRun {
  readonly engine: Engine;
  /** Settles with the reason when the engine is gone without having been stopped. */
  readonly gone: Promise<string>;
  /** Whether its worker is this tab's. */
  readonly isOurs: boolean;
  stop(): void;
}

/** What is not asked again of another engine: how much of it the old one had done is unknown. */
const ASKED_ONCE: ReadonlySet<string> = new Set<keyof EngineCalls>([
  "createCollection",
  "deleteCollection",
  "removeSources",
  "removePassage",
  "restore",
  "removeModel",
  "exportBundle",
  "answer",
  "saveAnswer",
]);

/** What this side of the boundary says by itself: no engine has answered. */
const SAID_HERE: ReadonlySet<ErrorCode> = new Set(["base/aborted", "boundary/closed", "boundary/unclonable"]);

export interface Restarting {
  readonly engine: Engine;
  /** Settles when no engine can be started, or one of ours died that had not answered anything. */
  readonly lost: Promise<SextantError>;
}

/**
 * Puts another engine in the place of one that died, and asks it once more what was not answered.
 *
 * Watchers hear `restarted`. A call that sees two engines of ours die fails with `boundary/lost`, as does everything
 * once one of ours dies before its first answer. Other tabs may close as they like.
 */
export function keepRunning(start: () => Promise<EngineRun>): Restarting {
  let run: Promise<EngineRun>;
  let hasAnswered = false;
  let closed = false;
  let tellLost: (error: SextantError) => void = () => undefined;
  const lost = new Promise<SextantError>((resolve) => (tellLost = resolve));

  function begin(): void {
    hasAnswered = false;
    const mine = start();
    run = mine;
    mine.then(follow, (error: unknown) => tellLost(toSextantError(error, "boundary/lost")));

    async function follow({ gone, isOurs, stop }: EngineRun): Promise<void> {
      const why = await gone;
      if (closed || run !== mine) return;
      stop();
      if (hasAnswered || !isOurs) begin();
      else
        tellLost(
          new SextantError(
            "boundary/lost",
            `The engine is gone (${why}). Open it again; what was stored is kept.`,
            { why },
          ),
        );
    }
  }
  begin();

  async function call(
    name: string,
    input: unknown,
    options: CallOptions<unknown> = {},
    replays = name === "watch" ? Number.POSITIVE_INFINITY : 1,
  ): Promise<unknown> {
    const mine = run;
    const { engine, gone, isOurs } = await mine;
    const method = engine[name as keyof EngineCalls] as (
      input: unknown,
      options: CallOptions<unknown>,
    ) => Promise<unknown>;
    try {
      const out = await method(input, options);
      if (run === mine) hasAnswered = true;
      return out;
    } catch (error) {
      if (!isSextantError(error, "boundary/lost")) {
        if (run === mine && isSextantError(error) && !SAID_HERE.has(error.code)) hasAnswered = true;
        throw error;
      }
      // An engine that lives says this of a worker of its own, or of its database.
      const why = await Promise.race([gone, turnOfLoop()]);
      if (why === undefined || run === mine || replays === 0 || ASKED_ONCE.has(name)) throw error;
      options.signal?.throwIfAborted();
      if (name === "watch") options.onEvent?.({ type: "restarted", why } satisfies EngineEvent);
      return call(name, input, options, isOurs ? replays - 1 : replays);
    }
  }

  const close = async (): Promise<void> => {
    closed = true;
    const last = await run.catch(() => null);
    await last?.engine.close();
    last?.stop();
  };
  return { engine: faceOf<EngineCalls>(call, close), lost };
}
