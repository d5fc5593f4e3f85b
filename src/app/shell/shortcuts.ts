import { TASK_IDS, type TaskId } from "../../contract/index.ts";

/** What keys do wherever nothing is being written. */
export type PageKey =
  { readonly does: "query" | "palette" | "shortcuts" } | { readonly does: "task"; readonly task: TaskId };

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/**
 * What a key asks of the page. Ctrl or Cmd with K is heard even while something is written, single characters are not.
 */
export function keyAsks({ key, ctrlKey, metaKey, altKey }: Pressed, isWriting: boolean): PageKey | null {
  if (altKey) return null;
  if (ctrlKey || metaKey)
    return key.toLowerCase() === "k" && ctrlKey !== metaKey ? { does: "palette" } : null;
  if (isWriting) return null;
  if (key === "/") return { does: "query" };
  if (key === "?") return { does: "shortcuts" };
  const task = /^[1-9]$/.test(key) ? TASK_IDS[Number(key) - 1] : undefined;
  return task === undefined ? null : { does: "task", task };
}

/** The key that opens the palette, as it is printed on this machine's keyboard. */
export function paletteKeys(platform: string): readonly string[] {
  return /mac|iphone|ipad/i.test(platform) ? ["⌘", "K"] : ["Ctrl", "K"];
}
