import type { AddRequest } from "../../../contract/index.ts";

/** What is written in a file, wherever it lies. */
export async function textOf({ content }: AddRequest["files"][number]): Promise<string> {
  if (typeof content === "string") return content;
  const bytes =
    "slice" in content && "size" in content ? await content.slice(0, content.size).arrayBuffer() : content;
  return new TextDecoder().decode(bytes);
}
