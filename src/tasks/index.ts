export { instructionOf } from "./instruction.ts";
export { TASKS, keyTextOf, limitTokens, queryTextOf } from "./registry.ts";
export type { KeySource, QueryDraft, QueryFit, TaskDefinition } from "./task.ts";
