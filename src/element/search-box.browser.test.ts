import { afterEach, beforeEach, expect, test } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FoundPage } from "./find/fuse.ts";
import type { Found } from "./find/finder.ts";
import { SextantSearch } from "./sextant-search.ts";
import { createSession, type SearchSession } from "./session.ts";
import { elementSheet } from "./style.ts";
import { elementWords } from "./words/words.ts";

/** The element with a session of the test's own: no index is read. */
class ShownSearch extends SextantSearch {
  shows: SearchSession | null = null;

  override connectedCallback(): void {
    const root = this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [elementSheet()];
    if (this.shows) root.replaceChildren(this.draw(this.shows, elementWords("en"), stop.signal));
  }
}
customElements.define("shown-search", ShownSearch);

let stop = new AbortController();
let tell: (found: Found) => void = () => undefined;
const titled = (title: string): FoundPage => ({
  url: `/${title}`,
  title,
  excerpt: [],
  parts: [],
  keywords: 1,
  meaning: null,
  inTitle: 1,
  inHeading: 0,
  keywordPlace: 1,
  meaningPlace: null,
  score: 1,
});
const found = (...titles: readonly string[]): Found => ({
  pages: titles.map(titled),
  by: "both",
  encoder: "table",
  more: false,
  missing: [],
});

beforeEach(() => {
  stop = new AbortController();
  const session = createSession(
    async () => ({
      finder: {
        prepare: () => undefined,
        find: (_, signal, onFound) => {
          tell = onFound;
          return new Promise((_resolve, reject) =>
            signal.addEventListener("abort", () => reject(signal.reason as Error)),
          );
        },
        model: async () => null,
        setEncoder: () => undefined,
        weigh: () => undefined,
      },
      keepUpTo: (_shown, next) => next,
      takeFull: async () => undefined,
      wantsFull: false,
    }),
    false,
  );
  const search = new ShownSearch();
  search.shows = session;
  const [paragraph, link] = [document.createElement("p"), document.createElement("a")];
  paragraph.style.marginTop = "20rem";
  link.href = "#elsewhere";
  link.textContent = "Elsewhere in the page";
  paragraph.append(link);
  document.body.replaceChildren(search, paragraph);
});
afterEach(() => {
  stop.abort();
  document.body.replaceChildren();
});

const input = () => page.getByRole("combobox");
const option = (title: string) => page.getByRole("option", { name: title });

async function ask(question: string, ...titles: readonly string[]): Promise<void> {
  tell = () => undefined;
  const before = tell;
  await input().fill(question);
  await expect.poll(() => tell).not.toBe(before);
  tell(found(...titles));
}

test("results that were dismissed stay away when more of them arrive, until the input is used again", async () => {
  await ask("knots", "Bowline");
  await expect.element(option("Bowline")).toBeVisible();
  await expect.element(input()).toHaveAttribute("aria-expanded", "true");

  await page.getByText("Elsewhere").click();
  await expect.element(option("Bowline")).not.toBeInTheDocument();
  await expect.element(input()).toHaveAttribute("aria-expanded", "false");
  tell(found("Bowline", "Clove hitch"));
  await expect.element(option("Clove hitch")).not.toBeInTheDocument();
  await expect.element(input()).toHaveAttribute("aria-expanded", "false");

  await input().click();
  await expect.element(option("Clove hitch")).toBeVisible();
  await userEvent.tab();
  await expect.element(option("Clove hitch")).not.toBeInTheDocument();
});

test("a new question brings results back that were dismissed", async () => {
  await ask("knots", "Bowline");
  document.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  await expect.element(option("Bowline")).not.toBeInTheDocument();
  await ask("sails", "Jib");
  await expect.element(option("Jib")).toBeVisible();
});
