export { assemblePrompt, type PromptParts } from "./assemble-prompt.ts";
export { TEMPLATES } from "./templates/index.ts";
export type { PromptTemplate, RankedPassage } from "./template.ts";
