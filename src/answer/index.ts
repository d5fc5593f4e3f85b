export { assemblePrompt, type PromptParts } from "./assemble-prompt.ts";
export { citedSentences } from "./cited-sentences.ts";
export { createEndpoint, type Endpoint, type EndpointOptions } from "./generators/endpoint.ts";
export type { GenerateOptions, Generator } from "./generators/generator.ts";
export { PAPER } from "./paper/index.ts";
export { PRACTICAL } from "./practical/index.ts";
export {
  closestOfUnrelated,
  cutoffOf,
  passageSentences,
  supportOf,
  type PassageSentence,
  type Rows,
} from "./support.ts";
export { rewardPrompt, type RewardPrompt } from "./reward-prompt.ts";
export type { RankedPassage } from "./template.ts";
