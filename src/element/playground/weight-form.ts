import { EVEN, type PagefindRanking, type Weights } from "../find/weights.ts";
import { node } from "./node.ts";

/** Sliders and fields for every weight. */
export interface WeightForm {
  readonly weights: Weights;
}

type Share = "keywords" | "meaning" | "title" | "heading";

const SHARES: readonly (readonly [Share, string])[] = [
  ["keywords", "Keywords"],
  ["meaning", "Meaning"],
  ["title", "Words in the title"],
  ["heading", "Words in a heading"],
];

interface Field {
  readonly name: string;
  readonly label: string;
  /** Highest value that Pagefind takes; null where there is none. */
  readonly most: number | null;
  readonly toRanking: (value: number) => PagefindRanking;
}

/** Source: pagefind.app/docs/ranking. */
const FIELDS: readonly Field[] = [
  {
    name: "metaTitle",
    label: "Words in titles",
    most: null,
    toRanking: (title) => ({ metaWeights: { title } }),
  },
  {
    name: "termFrequency",
    label: "How often a word stands there",
    most: 1,
    toRanking: (termFrequency) => ({ termFrequency }),
  },
  {
    name: "termSaturation",
    label: "How soon more of it counts less",
    most: 2,
    toRanking: (termSaturation) => ({ termSaturation }),
  },
  {
    name: "termSimilarity",
    label: "Closeness of a word to the one asked for",
    most: null,
    toRanking: (termSimilarity) => ({ termSimilarity }),
  },
  {
    name: "pageLength",
    label: "Shorter pages first",
    most: 1,
    toRanking: (pageLength) => ({ pageLength }),
  },
];

export function createWeightForm(form: HTMLFormElement, onChange: (weights: Weights) => void): WeightForm {
  let weights: Weights = EVEN;
  const inputs = new Map<string, HTMLInputElement>();
  const row = (name: string, label: string, attributes: Readonly<Record<string, string>>): HTMLElement => {
    const made = node("div", { class: "weight" });
    const caption = node("label", { for: `weight-${name}` }, label);
    const input = node("input", { id: `weight-${name}`, ...attributes }) as HTMLInputElement;
    inputs.set(name, input);
    made.append(caption, input);
    return made;
  };
  const group = (title: string, rows: readonly HTMLElement[]): HTMLElement => {
    const made = node("fieldset", {});
    made.append(node("legend", {}, title), ...rows);
    return made;
  };
  const shares = SHARES.map(([name, label]) => {
    const made = row(name, label, { type: "range", min: "0", max: "1", step: "0.05" });
    made.append(node("output", { for: `weight-${name}`, id: `share-${name}` }));
    return made;
  });
  const fields = FIELDS.map(({ name, label, most }) =>
    row(name, label, {
      type: "number",
      min: "0",
      step: "0.1",
      placeholder: "usual",
      ...(most !== null && { max: String(most) }),
    }),
  );
  const reset = node("button", { type: "reset" }, "As usual");
  form.append(group("Shares of the score", shares), group("Keywords, by Pagefind", fields), reset);

  const show = (): void => {
    for (const [name] of SHARES) {
      const input = inputs.get(name);
      const output = form.querySelector(`#share-${name}`);
      if (input && output) output.textContent = Number(input.value).toFixed(2);
    }
  };
  const fill = (): void => {
    for (const [name] of SHARES) {
      const input = inputs.get(name);
      if (input) input.value = String(EVEN[name]);
    }
    for (const { name } of FIELDS) {
      const input = inputs.get(name);
      if (input) input.value = "";
    }
    show();
  };
  const read = (): Weights => {
    const shareOf = (name: Share): number => Number(inputs.get(name)?.value ?? 0);
    const set = FIELDS.flatMap(({ name, toRanking }) => {
      const input = inputs.get(name);
      return input && input.value !== "" && input.validity.valid ? [toRanking(input.valueAsNumber)] : [];
    });
    return {
      keywords: shareOf("keywords"),
      meaning: shareOf("meaning"),
      title: shareOf("title"),
      heading: shareOf("heading"),
      pagefind: Object.assign({}, ...set) as PagefindRanking,
    };
  };
  const change = (): void => {
    show();
    weights = read();
    onChange(weights);
  };
  fill();
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    fill();
    change();
  });
  return {
    get weights() {
      return weights;
    },
  };
}
