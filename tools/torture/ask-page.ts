import type { Page as BrowserPage } from "@playwright/test";
import type { PageCalls } from "./page-calls.ts";

export type Ask = <N extends keyof PageCalls>(
  name: N,
  input: PageCalls[N]["in"],
) => Promise<PageCalls[N]["out"]>;

/** Calls what the page offers; both sides are JSON. */
export function askPage(page: BrowserPage): Ask {
  return (name, input) =>
    page.evaluate(
      async ([called, given]) => {
        const calls = (
          globalThis as unknown as { torture: Record<string, (input: unknown) => Promise<unknown>> }
        ).torture;
        return calls[called]?.(given);
      },
      [name, input] as const,
    ) as Promise<never>;
}
