import { SextantError } from "../../../contract/index.ts";
import { headOf, type Importer } from "../../importer.ts";
import { mapMatches } from "../../map-matches.ts";
import { INPUTS, leftOutRemarks, OUTPUTS, toExample } from "./example-columns.ts";

const LABEL = new RegExp(
  `^[ \\t]*(?:[*_]{2})?(?:(?<input>${INPUTS.join("|")})|(?<output>${OUTPUTS.join("|")}))(?:[*_]{2})?[ \\t]*[:：](?:[*_]{2})?[ \\t]*`,
  "gimu",
);

/** Solved prompts as text, such as FLAN's: `Question: …` and, below, `Answer: …`, one after the other. */
export const examplePrompts = {
  id: "example-prompts",
  version: 1,
  kind: "example",
  extensions: [".txt", ".md"],
  sniff(source) {
    const labels = Array.from(
      headOf(source).matchAll(LABEL),
      ({ groups }) => groups?.["input"] !== undefined,
    );
    return labels.includes(true) && labels.includes(false);
  },
  async parse({ name, text }, tools) {
    const labels = await mapMatches(text, LABEL, tools.breathe, ({ 0: whole, index, groups }) => ({
      isInput: groups?.["input"] !== undefined,
      start: index,
      end: index + whole.length,
    }));
    const said = labels.map(({ end }, i) => text.slice(end, labels[i + 1]?.start ?? text.length).trim());
    const inputs = labels.flatMap(({ isInput }, i) => (isInput ? [i] : []));
    const examples = inputs.map((at) => {
      const answer = labels[at + 1];
      const start = labels[at]?.start ?? 0;
      const place = text.slice(start, labels[at + 2]?.start ?? text.length).trimEnd().length;
      return answer === undefined || answer.isInput
        ? null
        : toExample(said[at], said[at + 1], [start, start + place]);
    });
    const drafts = examples.filter((draft) => draft !== null);
    if (drafts.length === 0)
      throw new SextantError(
        "ingest/no-records",
        `No examples were found in ${name}. Begin each input with "Input:" and each output with "Output:" on a line of its own.`,
      );
    return { drafts, skipped: [], remarks: leftOutRemarks(examples.length - drafts.length) };
  },
} satisfies Importer;
