import { textOfQuery, type AnswerRecord, type ChatMessage, type FunctionSpec } from "../../contract/index.ts";

interface Asked {
  readonly messages: readonly ChatMessage[];
  readonly functions: readonly FunctionSpec[];
}

/** All of a prompt as one text. */
export function promptToText({ messages, functions }: Asked): string {
  const contents = messages.map(({ content }) => content);
  if (functions.length > 0) contents.splice(-1, 0, JSON.stringify(functions));
  return contents.join("\n\n");
}

/** The body that OpenAI's protocol takes, up to the model. */
export function promptToJson({ messages, functions }: Asked): string {
  const tools = functions.map((spec) => ({ type: "function", function: spec }));
  return JSON.stringify({ messages, ...(tools.length > 0 && { tools }) }, null, 2);
}

const HEADINGS = { system: "System", user: "User", assistant: "Assistant" } as const;

/** A prompt to be read: each message under its role, quoted so that nothing in it becomes a heading of its own. */
export function promptToMarkdown({ messages, functions }: Asked): string {
  const parts = messages.map(({ role, content }) => `**${HEADINGS[role]}**\n\n${quoted(content)}`);
  if (functions.length > 0) parts.push(`**Functions**\n\n${fenced(JSON.stringify(functions, null, 2))}`);
  return `${parts.join("\n\n")}\n`;
}

/** An answer to be kept elsewhere: the question, what was said, and the sources under its numbers. */
export function answerToMarkdown(record: AnswerRecord): string {
  const { text, calls, sources, check, model } = record;
  const far = check?.sentences.filter(({ isClose }) => isClose === false) ?? [];
  const parts = [
    `# ${textOfQuery(record.query).replace(/\s+/g, " ").trim()}`,
    text.trim(),
    ...calls.map((call) => `Would call \`${call.name}\`:\n\n${fenced(call.arguments)}`),
    ...(far.length > 0
      ? [`No cited passage says this closely:\n\n${far.map((one) => `- ${one.text}`).join("\n")}`]
      : []),
    ...(sources.length > 0 ? ["## Sources"] : []),
    ...sources.map(
      ({ title, sourceName, text: passage }, i) =>
        `${i + 1}. ${[title, sourceName].filter((part) => part !== "").join(" — ")}\n\n${indented(quoted(passage))}`,
    ),
    `Answered by ${model}${record.isPart ? "; it broke off" : ""}.`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

export function answerToJson(record: AnswerRecord): string {
  return `${JSON.stringify({ format: "sextant-answer/1", ...record }, null, 2)}\n`;
}

function quoted(text: string): string {
  return text
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

function indented(text: string): string {
  return text.replace(/^/gm, "   ");
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}json\n${text}\n${fence}`;
}
