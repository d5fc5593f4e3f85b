import { createFinder, EVEN, formatWeights, type Found, type Weights } from "../find/index.ts";
import { hitView } from "./hit-view.ts";
import { createWeightForm } from "./weight-form.ts";

/** The playground lies in a folder of the index, the index in one of the site. */
const SCRIPT_URL = import.meta.url;
const INDEX_URL = new URL("../", SCRIPT_URL);
const finder = createFinder({
  indexUrl: INDEX_URL,
  siteUrl: new URL("../", INDEX_URL),
  language: document.documentElement.lang,
});

const byId = <T extends HTMLElement>(id: string, type: new () => T): T => {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The playground's page has no ${id}.`);
};

const question = byId("question", HTMLInputElement);
const status = byId("status", HTMLElement);
const hits = byId("hits", HTMLElement);
const configuration = byId("configuration", HTMLElement);
const copied = byId("copied", HTMLElement);
const scheme = byId("scheme", HTMLButtonElement);

const PAUSE_MS = 150;
let current = new AbortController();

function show({ pages, by, missing }: Found, weights: Weights): void {
  const open = new Set(
    [...hits.querySelectorAll("details[open]")].map((one) => one.closest("li")?.querySelector("a")?.href),
  );
  const rows = pages.map((page, i) => hitView(page, i + 1, weights));
  for (const row of rows)
    if (open.has(row.querySelector("a")?.href)) row.querySelector("details")?.setAttribute("open", "");
  hits.replaceChildren(...rows);
  const found = pages.length === 1 ? "1 page" : `${pages.length} pages`;
  const halves =
    by === "both" ? "by words and by meaning" : by === "meaning" ? "by meaning" : "by words alone";
  status.textContent = [`${found}, ${halves}`, ...missing.map(({ message }) => message)].join(". ");
}

async function ask(): Promise<void> {
  current.abort();
  current = new AbortController();
  const { signal } = current;
  const asked = question.value.trim();
  if (asked === "") {
    hits.replaceChildren();
    status.textContent = "Type to see how each page is scored.";
    return;
  }
  await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  if (signal.aborted) return;
  try {
    const { weights } = form;
    await finder.find(asked, signal, (found) => show(found, weights));
  } catch (error) {
    if (!signal.aborted) status.textContent = error instanceof Error ? error.message : String(error);
  }
}

function write(weights: Weights): void {
  const json = formatWeights(weights);
  configuration.textContent =
    json === null
      ? "<sextant-search></sextant-search>"
      : `<sextant-search weights='${json}'></sextant-search>`;
  copied.textContent = "";
}

const form = createWeightForm(byId("weights", HTMLFormElement), (weights) => {
  finder.weigh(weights);
  write(weights);
  void ask();
});
write(EVEN);

question.addEventListener("input", () => void ask());
byId("copy", HTMLButtonElement).addEventListener("click", () => {
  navigator.clipboard.writeText(configuration.textContent ?? "").then(
    () => (copied.textContent = "Copied"),
    () => {
      getSelection()?.selectAllChildren(configuration);
      copied.textContent = "Selected: copy it with your keys";
    },
  );
});

const night = matchMedia("(prefers-color-scheme: dark)");
const shade = (isNight: boolean): void => {
  document.documentElement.dataset["theme"] = isNight ? "dark" : "light";
  scheme.setAttribute("aria-pressed", String(isNight));
};
shade(night.matches);
night.addEventListener("change", () => shade(night.matches));
scheme.addEventListener("click", () => shade(document.documentElement.dataset["theme"] !== "dark"));

addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    question.focus();
    question.select();
  } else if (event.key === "Escape" && document.activeElement === question) {
    question.value = "";
    void ask();
  }
});
question.focus();
