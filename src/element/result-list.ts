import type { Marked } from "./find/excerpt.ts";
import type { FoundPage } from "./find/fuse.ts";

/** The list of results in a shadow tree: one option a page and a part, one of them active at most. */
export interface ResultList {
  readonly root: HTMLElement;
  show(pages: readonly FoundPage[]): void;
  /** Moves by that many options; from none, to the first or last. */
  move(by: number): void;
  readonly active: HTMLAnchorElement | null;
  clear(): void;
}

export interface ResultListOptions {
  readonly id: string;
  readonly label: string;
  /** Plain links, without an input that points at them. */
  readonly plain: boolean;
  readonly onActive: (option: HTMLAnchorElement | null) => void;
  /** The last page that the active option or the pointer is on. */
  readonly onHold: (pageUrl: string | null) => void;
}

export function createResultList({ id, label, plain, onActive, onHold }: ResultListOptions): ResultList {
  const root = element("div", { id, part: "results", role: plain ? "list" : "listbox", "aria-label": label });
  let active: HTMLAnchorElement | null = null;
  const options = (): HTMLAnchorElement[] => [...root.querySelectorAll<HTMLAnchorElement>("a")];
  let under: HTMLAnchorElement | null = null;
  const hold = (): void => {
    const all = options();
    const last = all.findLast((option) => option === active || option === under);
    onHold(last?.dataset["page"] ?? null);
  };
  const activate = (option: HTMLAnchorElement | null): void => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    onActive(active);
    hold();
  };
  // A list that appears under a pointer that rests says so, though nothing moved.
  root.addEventListener("pointerover", ({ target }) => {
    under = target instanceof Element ? target.closest("a") : null;
    hold();
  });
  root.addEventListener("pointerleave", () => {
    under = null;
    hold();
  });
  root.addEventListener("pointermove", ({ target }) => {
    const option = target instanceof Element ? target.closest("a") : null;
    if (option && option !== active) activate(option);
  });
  return {
    root,
    get active() {
      return active;
    },
    show(pages) {
      const kept = active?.href;
      const rows = pages.map((page, place) => pageRow(page, `${id}-${place}`));
      if (plain) for (const row of rows) asLinks(row);
      root.replaceChildren(...rows);
      const find = (href: string | undefined) => options().find((option) => option.href === href) ?? null;
      under = find(under?.href);
      const same = find(kept);
      if (same || active) activate(same);
    },
    move(by) {
      const all = options();
      const from = active ? all.indexOf(active) : by > 0 ? -1 : all.length;
      activate(all[Math.min(all.length - 1, Math.max(0, from + by))] ?? null);
    },
    clear() {
      root.replaceChildren();
      activate(null);
    },
  };
}

function pageRow(page: FoundPage, id: string): HTMLElement {
  const row = element("div", { part: "page", role: "group", "aria-label": page.title });
  const title = option(page.url, page.url, `${id}-page`, "title");
  title.append(textNode("span", page.title, { part: "page-title" }), excerpt(page.excerpt));
  row.append(title);
  page.parts.forEach((part, place) => {
    if (part.url === page.url || part.title === "") return;
    const link = option(part.url, page.url, `${id}-${place}`, "part");
    link.append(textNode("span", part.title, { part: "part-title" }), excerpt(part.excerpt));
    row.append(link);
  });
  return row;
}

/** Options made links that Tab reaches. */
function asLinks(row: HTMLElement): void {
  row.setAttribute("role", "listitem");
  for (const link of row.querySelectorAll("a")) {
    link.tabIndex = 0;
    link.removeAttribute("role");
    link.removeAttribute("aria-selected");
  }
}

function option(href: string, pageUrl: string, id: string, part: string): HTMLAnchorElement {
  const link = document.createElement("a");
  link.href = href;
  link.id = id;
  link.tabIndex = -1;
  link.dir = "auto";
  link.setAttribute("role", "option");
  link.setAttribute("part", part);
  link.setAttribute("aria-selected", "false");
  link.dataset["page"] = pageUrl;
  return link;
}

function excerpt(pieces: readonly Marked[]): HTMLElement {
  const root = element("span", { part: "excerpt" });
  root.append(
    ...pieces.map(({ text, marked }) => (marked ? textNode("mark", text, { part: "mark" }) : text)),
  );
  return root;
}

export function element(name: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function textNode(name: string, text: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const made = element(name, attributes);
  made.textContent = text;
  return made;
}
