import { SextantError, type PassageDraft } from "../../../contract/index.ts";
import type { Importer, Span } from "../../importer.ts";
import { pairTurns, type Turn } from "./exchanges.ts";
import { findLabels, type Label } from "./labels.ts";

/**
 * A conversation as text: each turn begins a line with a name and a colon, or stands under a heading that names a side,
 * and may run over several lines. A heading right before a turn begins another conversation.
 */
export const transcript = {
  id: "transcript",
  version: 3,
  kind: "exchange",
  extensions: [".txt", ".text", ".md", ".markdown", ".log"],
  sniff: () => true,
  async parse({ name, text }, tools) {
    const labels = await findLabels(text, tools.breathe);
    const [first] = labels;
    if (first === undefined)
      throw new SextantError(
        "ingest/no-records",
        `No turns were found in ${name}. Begin each turn on a line of its own with a name and a colon, such as "User:".`,
      );
    const conversations: { title: string; turns: Turn[] }[] = [];
    for (const [i, label] of labels.entries()) {
      if (i === 0 || label.title !== undefined) conversations.push({ title: label.title ?? "", turns: [] });
      conversations.at(-1)?.turns.push(toTurn(text, label, labels[i + 1]));
    }
    const preface: Span = [0, first.from];
    const hasPreface = text.slice(...preface).trim() !== "";
    const drafts: PassageDraft[] = [];
    for (const { title, turns } of conversations)
      for (const draft of await pairTurns(turns, title, tools.breathe)) drafts.push(draft);
    return {
      drafts,
      skipped: hasPreface ? [preface] : [],
      remarks: hasPreface ? ["What stands before the first turn was left out."] : [],
    };
  },
} satisfies Importer;

function toTurn(text: string, { speaker, start, end, at }: Label, next: Label | undefined): Turn {
  const said = text.slice(end, next?.from ?? text.length).trimEnd();
  return { speaker, text: said, span: [start, end + said.length], ...(at === undefined ? {} : { at }) };
}
