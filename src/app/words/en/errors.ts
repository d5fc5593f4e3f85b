/** What a code means and what to do; empty in English, for the engine's own sentences are English. */
export const errors: Readonly<Record<string, string>> = {};
