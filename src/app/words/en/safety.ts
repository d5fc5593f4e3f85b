/** Whether what was brought is safe: thrown away by the browser, kept by promise, or out of room. */
export const safety = {
  evicted: (passages: string) =>
    `The browser has thrown away what was here: ${passages}, with their vectors and answers. Browsers do that when the disk gets full and they have not promised to keep a site’s data.`,
  restore: "Restore a backup",
  ask: "What you have added took a while to embed, and the browser may throw it away when the disk gets full. It can promise not to.",
  keep: "Ask it to keep my data",
  notNow: "Leave it",
  refused:
    "The browser did not promise it. Some do only for sites that are installed or often used. Until then a backup is the safe way.",
  backUp: "Make a backup",
  room: (used: string, quota: string) => `This site uses ${used} of ${quota}.`,
  free: (removed: string) => `Free what was removed (${removed})`,
  models: "Delete models",
};
