import type { FoundPage, FoundPart } from "../find/fuse.ts";
import type { Weights } from "../find/weights.ts";
import { node } from "./node.ts";

/** A line of the table that says where a score comes from. */
export interface Contribution {
  readonly kind: "keywords" | "meaning" | "title" | "heading";
  readonly label: string;
  /** Among the hits of its half; null where it has no order or did not find the page. */
  readonly place: number | null;
  /** 0 to 1; null where the half did not find the page. */
  readonly value: number | null;
  /** What it gives to the score. */
  readonly gives: number;
}

/** The score of a page taken apart; the parts' sum is the score. */
export function contributionsOf(page: FoundPage, weights: Weights): readonly Contribution[] {
  const total = weights.keywords + weights.meaning + weights.title + weights.heading || 1;
  const line = (
    kind: Contribution["kind"],
    label: string,
    value: number | null,
    place: number | null,
  ): Contribution => ({ kind, label, place, value, gives: ((value ?? 0) * weights[kind]) / total });
  return [
    line("keywords", "Keywords", page.keywords, page.keywordPlace),
    line("meaning", "Meaning", page.meaning, page.meaningPlace),
    line("title", "Words in the title", page.inTitle, null),
    line("heading", "Words in a heading", page.inHeading, null),
  ];
}

const said = (value: number | null): string => (value === null ? "not found" : value.toFixed(3));

export function hitView(page: FoundPage, rank: number, weights: Weights): HTMLElement {
  const lines = contributionsOf(page, weights);
  const row = node("li", {});
  const head = node("div", { class: "hit" });
  head.append(
    node("span", { class: "rank" }, String(rank)),
    node("a", { href: page.url }, page.title),
    node("span", { class: "score" }, page.score.toFixed(3)),
  );
  const bar = node("div", {
    class: "bar",
    role: "img",
    "aria-label": lines.map(({ label, gives }) => `${label} ${gives.toFixed(3)}`).join(", "),
  });
  for (const { kind, gives } of lines) {
    const piece = node("span", { class: kind });
    piece.style.inlineSize = `${gives * 100}%`;
    bar.append(piece);
  }
  const details = node("details", {});
  details.append(
    node("summary", {}, "How this score came about"),
    tableOf(lines, weights),
    partsOf(page.parts),
  );
  row.append(head, node("p", { class: "path" }, new URL(page.url).pathname), bar, details);
  return row;
}

function tableOf(lines: readonly Contribution[], weights: Weights): HTMLElement {
  const table = node("table", {});
  const cells = (name: "th" | "td", values: readonly string[]): HTMLElement => {
    const made = node("tr", {});
    made.append(...values.map((value) => node(name, {}, value)));
    return made;
  };
  table.append(cells("th", ["share", "place", "value", "weight", "gives"]));
  for (const { kind, label, place, value, gives } of lines) {
    const weight = weights[kind].toFixed(2);
    const row = cells("td", [
      label,
      place === null ? "" : String(place),
      said(value),
      weight,
      gives.toFixed(3),
    ]);
    row.firstElementChild?.prepend(node("span", { class: `swatch ${kind}` }));
    table.append(row);
  }
  return table;
}

function partsOf(parts: readonly FoundPart[]): HTMLElement {
  const list = node("ul", {});
  for (const part of parts) {
    const row = node("li", {});
    row.append(
      node("a", { href: part.url }, part.title === "" ? "Beginning of the page" : part.title),
      node("span", { class: "angle" }, angleOf(part.cosine)),
      node("p", { class: "excerpt" }, part.excerpt.map(({ text }) => text).join("")),
    );
    list.append(row);
  }
  return list;
}

/** The angle between question and part, as the app's limb shows it. */
function angleOf(cosine: number | null): string {
  if (cosine === null) return "by its words";
  return `${((Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI).toFixed(1)}°`;
}
