import { sha256 } from "../base/hash.ts";
import type { TaskId } from "../contract/index.ts";

/** Longer names are cut; Chroma allows 512. */
const MOST_SLUG = 40;

/**
 * A name for a collection on a server: its own as far as letters allow, then the task.
 *
 * Source: Chroma takes 3 to 512 of [a-zA-Z0-9._-], beginning and ending with a letter or digit.
 */
export async function remoteNameOf(name: string, task: TaskId): Promise<string> {
  const slug = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, MOST_SLUG)
    .replace(/-+$/, "");
  const isWhole = /^[\p{ASCII}\p{M}]*$/u.test(name.normalize("NFKD")) && name.length <= MOST_SLUG;
  const digest = isWhole && slug !== "" ? "" : (await sha256(name)).slice(0, 8);
  return [slug, digest, task].filter((part) => part !== "").join("-");
}

export function isRemoteName(name: string): boolean {
  return /^[a-zA-Z0-9][a-zA-Z0-9._-]{1,510}[a-zA-Z0-9]$/.test(name);
}
