/** What a page tells the service worker that keeps the app. */
export type OfflineWord =
  /** The person wants the version that waits. */
  | "take over"
  /** This page runs the newest version: what nobody runs any more may go. */
  | "tidy";

export function isOfflineWord(value: unknown): value is OfflineWord {
  return value === "take over" || value === "tidy";
}
