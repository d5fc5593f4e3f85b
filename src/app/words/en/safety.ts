/** Whether what was brought is safe: thrown away by the browser, kept by promise, or out of room. */
export const safety = {
  gone: "What you had added is gone.",
  evicted: (passages: string) =>
    `The browser has thrown away ${passages}, with their vectors and the answers that were kept. Browsers do that when the disk gets full and they have not promised to keep a site’s data. A backup can be imported; without one, add your files again.`,
  restore: "Import in the library",
  safe: "Keep what you have added?",
  ask: "It took a while to read, and the browser may throw it away when the disk gets full, unless it promises not to.",
  keep: "Ask the browser to promise",
  notNow: "Leave it so",
  unsafe: "The browser has not promised to keep what you have added.",
  refused:
    "Some do only for sites that are installed or often used. The safe way is a backup: export everything now and then.",
  backUp: "Export in the library",
  room: (used: string, quota: string) => `This site uses ${used} of ${quota}.`,
  free: (removed: string) => `Free what was removed (${removed})`,
  models: "See which models can go",
};
