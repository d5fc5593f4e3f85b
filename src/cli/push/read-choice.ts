import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import {
  isDtype,
  isTaskId,
  SextantError,
  TASK_IDS,
  type Dtype,
  type RemoteAccess,
  type TaskId,
} from "../../contract/index.ts";
import { DEFAULT_CACHE } from "../chosen-engine.ts";
import { parseShard, type Shard } from "./manifest.ts";

export const usage = [
  "push <folder|bundle> --to <url> [--task qa] [--name <name there>] [--tenant <t>] [--database <d>] [--delete]",
  "[--model <id|folder>] [--dtype q8|q4|fp16|fp32] [--cache <folder>] [--processes <n>] [--shard 3/8 --manifest <file>] (key: SEXTANT_CHROMA_KEY)",
].join(" ");

/** The options of `push` and `pull` that say which server; its key comes by the environment, which no process list shows. */
export const SERVER_OPTIONS = {
  tenant: { type: "string", default: "" },
  database: { type: "string", default: "" },
} as const;

export function accessTo(
  url: string,
  { tenant, database }: { readonly tenant: string; readonly database: string },
): RemoteAccess {
  const key = process.env["SEXTANT_CHROMA_KEY"];
  return { url, tenant, database, ...(key !== undefined && { key }) };
}

interface Chosen {
  readonly path: string;
  readonly access: RemoteAccess;
  /** What it is to be called there; null makes a name of its own and the task. */
  readonly name: string | null;
  readonly deletes: boolean;
  readonly model: string;
  readonly dtype: Dtype;
  readonly cache: string;
}

/** What a person asked for, each option where it means something. */
export type PushChoice = Chosen &
  (
    | { readonly what: "bundle"; /** null is all that it has. */ readonly task: TaskId | null }
    | {
        readonly what: "folder";
        readonly task: TaskId;
        readonly processes: number;
        readonly share: { readonly shard: Shard; readonly manifest: string } | null;
      }
  );

/** Throws: `engine/invalid-input` for what cannot be done, an option that would do nothing among it. */
export async function readChoice(argv: readonly string[]): Promise<PushChoice> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      ...SERVER_OPTIONS,
      to: { type: "string" },
      task: { type: "string" },
      name: { type: "string" },
      delete: { type: "boolean", default: false },
      model: { type: "string", default: "sextant-mini" },
      dtype: { type: "string", default: "q8" },
      cache: { type: "string", default: DEFAULT_CACHE },
      processes: { type: "string" },
      shard: { type: "string" },
      manifest: { type: "string" },
    },
  });
  const [path, ...more] = positionals;
  const { to, task, name = null, dtype, model, cache, delete: deletes, processes, shard, manifest } = values;
  if (!path || more.length > 0 || !to) throw refused(`Usage: sextant ${usage}`);
  if (task !== undefined && !isTaskId(task)) throw refused(`--task is one of ${TASK_IDS.join(", ")}.`);
  if (!isDtype(dtype)) throw refused("--dtype is one of q8, q4, fp16, fp32.");
  const found = await stat(path).catch(() => null);
  if (!found) throw refused(`${path} is neither a folder nor a bundle here.`);
  const chosen = { path, access: accessTo(to, values), name, deletes, model, dtype, cache };

  if (found.isFile()) {
    for (const [option, value] of Object.entries({ processes, shard, manifest }))
      if (value !== undefined)
        throw refused(
          `--${option} is for a folder: a bundle is sent by one process, with the vectors that it has. Leave it out.`,
        );
    return { ...chosen, what: "bundle", task: task ?? null };
  }
  if ((shard === undefined) !== (manifest === undefined))
    throw refused("--shard and --manifest go together: the manifest is what the shares have in common.");
  if (shard !== undefined && deletes)
    throw refused(
      "--delete is for a whole push: a share does not know what the others have. When all are done, push once more with --delete and without --shard.",
    );
  const parsed = shard === undefined ? null : parseShard(shard);
  if (shard !== undefined && !parsed) throw refused("--shard is like 3/8: the third of eight.");
  const many = processes === undefined ? availableParallelism() : Number(processes);
  if (!Number.isSafeInteger(many) || many < 1) throw refused("--processes is a whole number from 1 on.");
  const share = parsed && manifest !== undefined ? { shard: parsed, manifest } : null;
  return { ...chosen, what: "folder", task: task ?? "qa", processes: many, share };
}

export function refused(message: string): SextantError {
  return new SextantError("engine/invalid-input", message);
}
