import type { Page } from "@playwright/test";
import axe from "axe-core";

interface Where {
  /** A selector; the whole page without one. */
  readonly within?: string;
  /** The rules to go by; all without any. */
  readonly rules?: readonly string[];
  /** Leaves out what axe calls minor or moderate. */
  readonly isSerious?: boolean;
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly html: readonly string[];
}

/**
 * What axe finds wrong with a page, each with its elements. Run in the page itself and asked for violations only: axe's
 * own adapter describes every element that passes too, which takes longer than looking at them.
 */
export async function findAxeFaults(page: Page, { within, rules, isSerious }: Where = {}): Promise<string[]> {
  if (!(await page.evaluate(`"axe" in globalThis`))) await page.evaluate(axe.source);
  const options = {
    resultTypes: ["violations"],
    ...(rules && { runOnly: { type: "rule", values: rules } }),
  };
  const context = within === undefined ? "document" : JSON.stringify(within);
  const violations = await page.evaluate<readonly Violation[]>(
    `axe.run(${context}, ${JSON.stringify(options)}).then(({ violations }) => violations.map(
      ({ id, impact, nodes }) => ({ id, impact, html: nodes.map(({ html }) => html) })))`,
  );
  return violations
    .filter(({ impact }) => !isSerious || impact === "serious" || impact === "critical")
    .map(({ id, html }) => `${id}: ${html.join(" ")}`);
}
