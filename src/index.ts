export { openSextant, type OpenOptions } from "./client/index.ts";
export { ERROR_CODES, isSextantError, KINDS, SextantError, TASK_IDS } from "./contract/index.ts";
export type * from "./contract/index.ts";
