import { placeBelow } from "./place-below.ts";
import { createSearchBox, type SearchBox } from "./search-box.ts";
import { element } from "./result-list.ts";
import { sharedSession, type SearchSession } from "./session.ts";
import { elementSheet } from "./style.ts";
import { elementWords, type ElementWords } from "./words/words.ts";

/** Where the script was served from: `sextant index` puts it into the index's folder. */
const SCRIPT_URL = import.meta.url;

/**
 * What all elements share. Attributes: `index` (the folder of the index, by default where the script lies), `site` (the
 * site's root, by default the folder above), `group` (elements of a group show one search), `weights` (JSON, as the
 * playground writes it), `lang`, `full-model` (the folder of the full model, by default `full/` in the index; the person may
 * ask for it), `full-model-when="idle"` (it comes unasked on an unmetered line).
 */
abstract class SearchElement extends HTMLElement {
  #stop = new AbortController();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const indexUrl = new URL(
      this.getAttribute("index") ?? "./",
      this.hasAttribute("index") ? document.baseURI : SCRIPT_URL,
    );
    const siteUrl = new URL(
      this.getAttribute("site") ?? "../",
      this.hasAttribute("site") ? document.baseURI : indexUrl,
    );
    const language = this.closest("[lang]")?.getAttribute("lang") ?? "en";
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true });
    root.adoptedStyleSheets = [elementSheet()];
    const full = this.getAttribute("full-model");
    const fullUrl =
      full === null ? null : new URL(full === "" ? "full/" : full, full === "" ? indexUrl : document.baseURI);
    const fullWhenIdle = this.getAttribute("full-model-when") === "idle";
    const session = sharedSession(
      { indexUrl, siteUrl, fullUrl, fullWhenIdle, weights: this.getAttribute("weights") },
      this.getAttribute("group") ?? "",
    );
    root.replaceChildren(this.draw(session, elementWords(language), signal));
  }

  disconnectedCallback(): void {
    this.#stop.abort();
  }

  protected abstract draw(session: SearchSession, words: ElementWords, signal: AbortSignal): Node;
}

/** Ctrl+K or Cmd+K anywhere in the page. */
function onShortcut(signal: AbortSignal, act: () => void): void {
  addEventListener(
    "keydown",
    (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented)
        return;
      event.preventDefault();
      act();
    },
    { signal },
  );
}

/** An input with its results in a panel below it. */
export class SextantSearch extends SearchElement {
  protected draw(session: SearchSession, words: ElementWords, signal: AbortSignal): Node {
    let before: Element | null = null;
    const box = createSearchBox(session, {
      words,
      onLeave() {
        box.input.blur();
        if (before instanceof HTMLElement) before.focus();
      },
    });
    box.panel.classList.add("drop");
    box.follow(signal);
    const place = (): void => placeBelow(box.input, box.panel);
    signal.addEventListener("abort", session.subscribe(place), { once: true });
    addEventListener("resize", place, { signal });
    onShortcut(signal, () => {
      before = document.activeElement;
      box.input.focus();
      box.input.select();
    });
    const root = element("div", { role: "search", "aria-label": words.label });
    root.append(box.input, box.panel);
    const leave = (event: Event): void => {
      if (!event.composedPath().includes(this)) box.dismiss();
    };
    document.addEventListener("pointerdown", leave, { signal });
    document.addEventListener("focusin", leave, { signal });
    box.input.addEventListener("focus", () => {
      box.open();
      place();
    });
    return root;
  }
}

/** A button that opens the search over the page. */
export class SextantModal extends SearchElement {
  protected draw(session: SearchSession, words: ElementWords, signal: AbortSignal): Node {
    const dialog = element("dialog", { "aria-label": words.label, part: "dialog" }) as HTMLDialogElement;
    const box: SearchBox = createSearchBox(session, { words, onLeave: () => dialog.close() });
    box.follow(signal);
    dialog.append(box.input, box.panel);
    const button = element("button", { part: "button", type: "button", "aria-haspopup": "dialog" });
    button.append(words.label);
    const key = element("kbd", { part: "key", "aria-hidden": "true" });
    key.textContent = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘ K" : "Ctrl K";
    button.append(key);
    let before: Element | null = null;
    const open = (): void => {
      if (dialog.open) return;
      before = document.activeElement;
      dialog.showModal();
      box.input.select();
    };
    // The browser gives focus back to an element of this tree; what was focused outside is for us to remember.
    dialog.addEventListener("close", () => before instanceof HTMLElement && before.focus());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    button.addEventListener("click", open);
    onShortcut(signal, open);
    const root = document.createDocumentFragment();
    root.append(button, dialog);
    return root;
  }
}

/** The input alone; its results stand in a `<sextant-results>` of the same group. */
export class SextantInput extends SearchElement {
  protected draw(session: SearchSession, words: ElementWords, signal: AbortSignal): Node {
    const box = createSearchBox(session, { words, onLeave: () => box.input.blur() });
    box.input.setAttribute("role", "searchbox");
    for (const name of ["aria-expanded", "aria-autocomplete", "aria-controls"])
      box.input.removeAttribute(name);
    box.follow(signal);
    onShortcut(signal, () => box.input.focus());
    return box.input;
  }
}

/** The results alone. */
export class SextantResults extends SearchElement {
  protected draw(session: SearchSession, words: ElementWords, signal: AbortSignal): Node {
    const box = createSearchBox(session, { words, onLeave: () => undefined, plain: true });
    box.follow(signal);
    return box.panel;
  }
}
