import type { AddRequest, Notice } from "../../../contract/index.ts";

/** What is written in a file, wherever it lies. */
export async function textOf({ content }: AddRequest["files"][number]): Promise<string> {
  if (typeof content === "string") return content;
  const bytes =
    "slice" in content && "size" in content ? await content.slice(0, content.size).arrayBuffer() : content;
  return new TextDecoder().decode(bytes);
}

/** What the engine says of a file that is not any more what was chosen. */
export function unreadable(name: string): Notice {
  return {
    level: "error",
    code: "ingest/changed",
    file: name,
    message: `${name} was changed. Choose it anew.`,
  };
}

/** A file as a browser holds it; its reading fails until `mend` is called. */
export function heldFile(name: string, content: string) {
  let isWhole = true;
  let reads = 0;
  const slice = () => ({
    arrayBuffer() {
      reads++;
      if (!isWhole) return Promise.reject(new Error("changed"));
      return Promise.resolve(new TextEncoder().encode(content).buffer);
    },
  });
  return {
    incoming: { name, content: { size: content.length, slice }, modifiedMs: 1_700_000_000_000 },
    get reads() {
      return reads;
    },
    damage: () => void (isWhole = false),
    mend: () => void (isWhole = true),
  };
}
