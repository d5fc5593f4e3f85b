import { SextantError, type PassageDraft, type PassageEdit, type PassageRecord } from "../contract/index.ts";
import { exchangeText } from "./importers/chats/exchanges.ts";
import { exampleText } from "./importers/examples/example-columns.ts";
import { toolText, type ToolRecord } from "./importers/tools/tool-record.ts";

type Words = Pick<PassageDraft, "text" | "record">;

/**
 * Gives a record other words, and the text that an importer would have shown for it.
 *
 * Throws: `engine/invalid-input` for a kind that has no words of its own, or another one; `ingest/empty` when nothing is left.
 */
export function editRecord(record: PassageRecord, edit: PassageEdit): Words {
  const words = edited(record, edit);
  if (words.text.trim() === "")
    throw new SextantError("ingest/empty", "Nothing would be left of it: write something, or remove it.");
  return words;
}

function edited(record: PassageRecord, edit: PassageEdit): Words {
  if (record.kind === "exchange" && edit.kind === "exchange") {
    const { speaker1 = record.speaker1, speaker2 = record.speaker2 } = edit;
    return { text: exchangeText(speaker1, speaker2), record: { ...record, speaker1, speaker2 } };
  }
  if (record.kind === "example" && edit.kind === "example") {
    const { input = record.input, output = record.output } = edit;
    return { text: exampleText(input, output), record: { ...record, input, output } };
  }
  if (record.kind === "tool" && edit.kind === "tool") {
    const tool = editTool(record, edit);
    return { text: toolText(tool), record: tool };
  }
  throw new SextantError(
    "engine/invalid-input",
    `A passage of kind “${record.kind}” is a part of its source and is not edited as “${edit.kind}”: change the file, and add it again.`,
    { kind: record.kind, edit: edit.kind },
  );
}

function editTool(record: ToolRecord, edit: Extract<PassageEdit, { kind: "tool" }>): ToolRecord {
  const { api = record.api, description = record.description, parameters = {} } = edit;
  const changed = new Map<string, string>();
  const change = (before: string, after: string): void => {
    if (before !== after) changed.set(before, after);
  };
  change(record.api, api);
  change(record.description, description);
  const describe = (listed: ToolRecord["required"]): ToolRecord["required"] =>
    listed.map((parameter) => {
      const isNamed = Object.hasOwn(parameters, parameter.name);
      const words = (isNamed ? parameters[parameter.name] : undefined) ?? parameter.description;
      change(parameter.description, words);
      return { ...parameter, description: words };
    });
  const required = describe(record.required);
  const optional = describe(record.optional);
  const spec = described(renamed(record.spec, changed), record.description === "" ? description : "");
  return { ...record, api, description, required, optional, spec };
}

/** Puts a description into a specification that had none. */
function described(spec: unknown, description: string): unknown {
  if (description === "" || typeof spec !== "object" || spec === null || Array.isArray(spec)) return spec;
  const { function: body } = spec as { readonly function?: unknown };
  return body === undefined ? { ...spec, description } : { ...spec, function: described(body, description) };
}

/** Where a specification of any form writes a name or a description down. */
const WRITTEN = /^(?:name|api_name|operationId|description|api_description|summary|functionality)$/;

/** The specification as it was put in, with the words exchanged where they stand in it. */
function renamed(spec: unknown, changed: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(spec)) return spec.map((one) => renamed(one, changed));
  if (typeof spec !== "object" || spec === null) return spec;
  return Object.fromEntries(
    Object.entries(spec).map(([key, value]) => [
      key,
      typeof value === "string" && value !== "" && WRITTEN.test(key)
        ? (changed.get(value) ?? value)
        : renamed(value, changed),
    ]),
  );
}
