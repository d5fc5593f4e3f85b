import { fork, type ChildProcess } from "node:child_process";
import { SextantError, type Dtype, type Engine, type ErrorCode, type TaskId } from "../contract/index.ts";
import { openChosenEngine } from "./chosen-engine.ts";
import { EMBED_COMMAND } from "./embed-command.ts";

export interface EmbedderSettings {
  readonly model: string;
  readonly dtype: Dtype;
  readonly cache: string;
  readonly task: TaskId;
}

interface Job {
  readonly id: number;
  readonly texts: readonly string[];
}
type Done =
  | { readonly id: number; readonly dim: number; readonly vectors: Float32Array }
  | { readonly id: number; readonly code: ErrorCode; readonly message: string };

/** Embeds on several cores: a process each, since one inference session uses one well. */
export interface Embedders {
  /** Calls of `embed` that are worth having under way at once. */
  readonly atOnce: number;
  /** f32[dim] of each text. */
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  close(): void;
}

/** Starts a process when all others are busy, up to `most`; each opens the model by itself. */
export function createEmbedders(
  settings: EmbedderSettings,
  most: number,
  entry: { readonly path: string; readonly execArgv: string[] } = {
    path: process.argv[1] ?? "",
    execArgv: process.execArgv,
  },
): Embedders {
  interface Asked {
    readonly texts: readonly string[];
    resolve(done: Done): void;
    reject(error: Error): void;
  }
  interface Helper {
    readonly child: ChildProcess;
    /** What it works on; null while it is idle. */
    asked: Asked | null;
  }
  const helpers: Helper[] = [];
  const queue: Asked[] = [];
  let lastId = 0;
  let isClosed = false;

  function start(): Helper {
    const child = fork(entry.path, [EMBED_COMMAND, JSON.stringify(settings)], {
      serialization: "advanced",
      execArgv: entry.execArgv,
    });
    const helper: Helper = { child, asked: null };
    const settle = (work: (asked: Asked) => void): void => {
      const { asked } = helper;
      helper.asked = null;
      if (asked) work(asked);
      deal();
    };
    const end = (how: string): void => {
      const place = helpers.indexOf(helper);
      if (place === -1) return;
      helpers.splice(place, 1);
      settle(({ reject }) => reject(ended(how)));
    };
    child.on("message", (done: Done) => settle(({ resolve }) => resolve(done)));
    child.on("exit", (status) => end(String(status ?? "killed")));
    child.on("error", ({ message }) => end(message));
    helpers.push(helper);
    return helper;
  }

  /** Gives what waits to who is idle; who is given something is not idle from that moment on. */
  function deal(): void {
    while (queue.length > 0) {
      const helper =
        helpers.find(({ asked }) => asked === null) ?? (helpers.length < most ? start() : undefined);
      if (!helper) return;
      const asked = queue.shift();
      if (!asked) return;
      helper.asked = asked;
      // Where it is gone already, its end rejects.
      helper.child.send({ id: ++lastId, texts: asked.texts } satisfies Job, () => undefined);
    }
  }

  return {
    atOnce: most,
    async embed(texts) {
      if (isClosed) throw ended("closed");
      const done = await new Promise<Done>((resolve, reject) => {
        queue.push({ texts, resolve, reject });
        deal();
      });
      if ("code" in done) throw new SextantError(done.code, done.message);
      return texts.map((_, i) => done.vectors.slice(i * done.dim, (i + 1) * done.dim));
    },
    close() {
      isClosed = true;
      for (const { reject } of queue.splice(0)) reject(ended("closed"));
      for (const { child } of helpers) if (child.connected) child.disconnect();
    },
  };
}

function ended(how: string): SextantError {
  const why = `A process that embeds ended (${how}). Run it again: what has arrived is not sent again.`;
  return new SextantError("engine/internal", why);
}

/** Embeds in this process, with the engine that is open. */
export function createOwnEmbedder(face: Pick<Engine, "embed">, task: TaskId): Embedders {
  return {
    atOnce: 1,
    async embed(texts) {
      const { dim, vectors } = await face.embed({ task, side: "key", texts });
      return texts.map((_, i) => vectors.slice(i * dim, (i + 1) * dim));
    },
    close: () => undefined,
  };
}

/** The helper's side: embeds what comes until the parent goes away. */
export async function run([json = ""]: readonly string[]): Promise<void> {
  const { task, ...chosen } = JSON.parse(json) as EmbedderSettings;
  const opening = openChosenEngine({ ...chosen, onProgress: () => undefined });
  opening.catch(() => undefined);
  process.on("message", (job: Job) => void answer(job));
  await new Promise((resolve) => process.once("disconnect", resolve));
  await (await opening).close();

  async function answer({ id, texts }: Job): Promise<void> {
    try {
      const { dim, vectors } = await (await opening).face.embed({ task, side: "key", texts });
      tell({ id, dim, vectors });
    } catch (error) {
      const code = error instanceof SextantError ? error.code : "engine/internal";
      tell({ id, code, message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Where the parent is gone meanwhile, nobody waits. */
  function tell(done: Done): void {
    process.send?.(done, undefined, {}, () => undefined);
  }
}
