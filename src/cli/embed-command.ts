/** The command that a helper process runs (`embedders.ts`); it is in no list of commands. */
export const EMBED_COMMAND = "embed-helper";
