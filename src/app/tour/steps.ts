import type { tour } from "../words/en/tour.ts";

export type StepId = keyof typeof tour.steps;

/** What a step of the tour points at. */
export interface Step {
  readonly id: StepId;
  /** Of these the first that is on the page. */
  readonly at: readonly string[];
}

/** In the order in which the page is read; each fits what is on it once the sample was asked. */
export const STEPS: readonly Step[] = [
  { id: "tasks", at: [".tasks"] },
  { id: "query", at: [".query textarea", "[data-query]"] },
  { id: "limb", at: [".limb"] },
  { id: "hits", at: ["[data-hits] > [data-passage]"] },
  { id: "prompt", at: [".panel.water"] },
  { id: "instruments", at: [".masthead-tools"] },
];
