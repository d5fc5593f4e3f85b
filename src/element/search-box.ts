import { createResultList, element, type ResultList } from "./result-list.ts";
import type { SearchSession, SearchState } from "./session.ts";
import type { ElementWords } from "./words/words.ts";

/** An input of a search, its results, or both, drawn into a shadow tree. */
export interface SearchBox {
  readonly input: HTMLInputElement;
  readonly panel: HTMLElement;
  readonly list: ResultList;
  /** Hides the results until the input is used again. */
  dismiss(): void;
  /** Shows them where there are any. */
  open(): void;
  /** Follows the session until the signal aborts. */
  follow(signal: AbortSignal): void;
}

let boxes = 0;

export interface SearchBoxOptions {
  readonly words: ElementWords;
  /** Escape was pressed with nothing left to clear. */
  readonly onLeave: () => void;
  /** The results stand alone, as links. */
  readonly plain?: boolean;
}

export function createSearchBox(
  session: SearchSession,
  { words, onLeave, plain = false }: SearchBoxOptions,
): SearchBox {
  const id = `sextant-${boxes++}`;
  const input = element("input", {
    part: "input",
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: words.placeholder,
    "aria-label": words.label,
    "aria-expanded": "false",
    "aria-autocomplete": "list",
    "aria-controls": id,
    enterkeyhint: "search",
    dir: "auto",
  }) as HTMLInputElement;
  const panel = element("div", { part: "panel", hidden: "" });
  const status = element("p", { part: "status", role: "status", dir: "auto" });
  const list = createResultList({
    id,
    label: words.label,
    plain,
    onActive(option) {
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    },
    onHold: (pageUrl) => session.hold(pageUrl),
  });
  const more = element("button", { part: "more", type: "button", hidden: "" });
  more.append(words.more);
  more.addEventListener("click", () => session.more());
  const full = element("button", { part: "full", type: "button", hidden: "" });
  full.append(words.loadFull);
  full.addEventListener("click", () => session.loadFull());
  panel.append(status, list.root, more, full);

  input.addEventListener("focus", () => session.prepare());
  input.addEventListener("input", () => {
    isDismissed = false;
    session.ask(input.value);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      list.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      (list.active ?? list.root.querySelector("a"))?.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (input.value === "") onLeave();
      else {
        input.value = "";
        session.ask("");
      }
    }
  });

  let isDismissed = false;
  const showPanel = (): void => {
    const { phase, pages } = session.state;
    panel.hidden = isDismissed || phase === "idle";
    input.setAttribute("aria-expanded", String(!panel.hidden && pages.length > 0));
  };
  const draw = (state: SearchState): void => {
    if (state.phase === "idle") list.clear();
    else if (state.phase !== "searching") list.show(state.pages);
    showPanel();
    full.hidden = state.full !== "offered" && state.full !== "failed";
    more.hidden = state.phase !== "found" || !state.more;
    const said = saying(state, words);
    if (status.textContent !== said) status.textContent = said;
  };
  return {
    input,
    panel,
    list,
    dismiss() {
      isDismissed = true;
      showPanel();
    },
    open() {
      isDismissed = false;
      showPanel();
    },
    follow(signal) {
      const leave = session.subscribe(draw);
      signal.addEventListener("abort", leave, { once: true });
    },
  };
}

function saying(
  { phase, pages, question, missing, failure, encoder, full }: SearchState,
  words: ElementWords,
): string {
  if (phase === "idle") return "";
  if (phase === "failed") return `${words.failed} ${failure ?? ""}`;
  if (phase === "searching") return pages.length > 0 ? words.found(pages.length) : words.searching;
  if (pages.length === 0) return words.nothing(question);
  const found = words.found(pages.length);
  if (full === "loading") return `${found}, ${words.fullLoading}`;
  if (full === "failed") return `${found}, ${words.fullFailed}`;
  if (missing === null) return encoder === "model" ? `${found}, ${words.byFull}` : found;
  return `${found}, ${missing === "meaning" ? words.keywordsOnly : words.meaningOnly}`;
}
