import { fork, type ChildProcess } from "node:child_process";
import { SextantError, type Dtype, type Engine, type ErrorCode, type TaskId } from "../../contract/index.ts";
import { openChosenEngine } from "../chosen-engine.ts";

/** The command that a helper process runs; it is in no list of commands. */
export const EMBED_COMMAND = "embed-helper";

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
  interface Helper {
    readonly child: ChildProcess;
    waiting: { resolve(done: Done): void; reject(error: Error): void } | null;
  }
  const helpers: Helper[] = [];
  const queue: (() => void)[] = [];
  let lastId = 0;

  function start(): Helper {
    const child = fork(entry.path, [EMBED_COMMAND, JSON.stringify(settings)], {
      serialization: "advanced",
      execArgv: entry.execArgv,
    });
    const helper: Helper = { child, waiting: null };
    const settle = (work: (waiting: NonNullable<Helper["waiting"]>) => void): void => {
      const { waiting } = helper;
      helper.waiting = null;
      if (waiting) work(waiting);
      queue.shift()?.();
    };
    child.on("message", (done: Done) => settle(({ resolve }) => resolve(done)));
    child.on("exit", (status) => {
      helpers.splice(helpers.indexOf(helper), 1);
      const why = `A process that embeds ended (${status ?? "killed"}). Run it again: what has arrived is not sent again.`;
      settle(({ reject }) => reject(new SextantError("engine/internal", why)));
    });
    helpers.push(helper);
    return helper;
  }

  async function free(): Promise<Helper> {
    for (;;) {
      const idle = helpers.find(({ waiting }) => waiting === null);
      if (idle) return idle;
      if (helpers.length < most) return start();
      await new Promise<void>((resolve) => queue.push(resolve));
    }
  }

  return {
    async embed(texts) {
      const helper = await free();
      const done = await new Promise<Done>((resolve, reject) => {
        helper.waiting = { resolve, reject };
        // Where it is gone already, its end rejects.
        helper.child.send({ id: ++lastId, texts } satisfies Job, () => undefined);
      });
      if ("code" in done) throw new SextantError(done.code, done.message);
      return texts.map((_, i) => done.vectors.slice(i * done.dim, (i + 1) * done.dim));
    },
    close() {
      for (const { child } of helpers) child.disconnect();
    },
  };
}

/** Embeds in this process, with the engine that is open. */
export function createOwnEmbedder(face: Pick<Engine, "embed">, task: TaskId): Embedders {
  return {
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
      process.send?.({ id, dim, vectors } satisfies Done);
    } catch (error) {
      const code = error instanceof SextantError ? error.code : "engine/internal";
      process.send?.({
        id,
        code,
        message: error instanceof Error ? error.message : String(error),
      } satisfies Done);
    }
  }
}
