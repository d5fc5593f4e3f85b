import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SextantError, type TaskId } from "../../contract/index.ts";

/** What a job is made of, so that every machine that takes a share of it has the same. */
export interface PushManifest {
  readonly format: 1;
  readonly task: TaskId;
  readonly modelKey: string;
  readonly shards: number;
  /** By path, ascending. */
  readonly files: readonly { readonly path: string; readonly sizeBytes: number; readonly sha256: string }[];
}

/** One share of a job: `3/8` is the third of eight. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export function parseShard(text: string): Shard | null {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) return null;
  return { index, count };
}

/** Deals passages by their ids, which are digests: shares are alike in size, however files differ. */
export function isInShard(id: string, { index, count }: Shard): boolean {
  return Number.parseInt(id.slice(0, 8), 16) % count === index - 1;
}

/**
 * Files below a folder, by path; names that begin with a dot are left out, and so are folders that cannot be listed, each
 * of which is told.
 *
 * Throws: what the file system says of the folder itself, and of others where nobody is told.
 */
export async function filesIn(
  folder: string,
  onUnread?: (path: string, error: unknown) => void,
): Promise<readonly string[]> {
  const found: string[] = [];
  const below = async (path: string): Promise<void> => {
    for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const own = path === "" ? entry.name : `${path}/${entry.name}`;
      if (entry.isFile()) found.push(own);
      if (!entry.isDirectory()) continue;
      await below(own).catch((error: unknown) => {
        if (!onUnread) throw error;
        onUnread(own, error);
      });
    }
  };
  await below("");
  return found.sort();
}

/**
 * Writes the manifest of a job, or compares what is here with the one that is there.
 *
 * Throws: `engine/invalid-input` where they differ, naming the first file.
 */
export async function agreeOnManifest(
  path: string,
  folder: string,
  job: Pick<PushManifest, "task" | "modelKey" | "shards">,
): Promise<void> {
  const files = [];
  for (const file of await filesIn(folder)) {
    const full = join(folder, file);
    files.push({ path: file, sizeBytes: (await stat(full)).size, sha256: await digestOf(full) });
  }
  const own: PushManifest = { format: 1, ...job, files };
  try {
    await writeFile(path, `${JSON.stringify(own, null, 1)}\n`, { flag: "wx" });
    return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const agreed = JSON.parse(await readFile(path, "utf8")) as PushManifest;
  for (const name of ["format", "task", "modelKey", "shards"] as const)
    if (agreed[name] !== own[name]) throw differs(path, name, String(agreed[name]), String(own[name]));
  const places = Math.max(agreed.files.length, files.length);
  for (let i = 0; i < places; i++) {
    const [theirs, ours] = [agreed.files[i], files[i]];
    if (theirs?.path !== ours?.path || theirs?.sha256 !== ours?.sha256)
      throw differs(path, "files", theirs?.path ?? "no more", ours?.path ?? "no more");
  }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

function differs(path: string, what: string, theirs: string, ours: string): SextantError {
  return new SextantError(
    "engine/invalid-input",
    `This is not the job that ${path} describes: ${what} are ${theirs} there and ${ours} here. Give every machine the same folder, model and number of shards, or begin a new manifest.`,
    { what, theirs, ours },
  );
}
