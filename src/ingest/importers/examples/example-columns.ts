import type { ImportOptions, PassageDraft, ReadColumns } from "../../../contract/index.ts";
import type { Span } from "../../importer.ts";

/** Names that columns of inputs and outputs go by, the surest first. */
export const INPUTS =
  "input inputs question query prompt utterance instruction text sentence source request message example x q".split(
    " ",
  );
export const OUTPUTS =
  "output outputs answer targets label intent completion response target category class reply translation result y a".split(
    " ",
  );

/** What Alpaca's examples put before their input, which may be empty then. */
const INSTRUCTION = "instruction";

/**
 * Finds the columns of inputs and outputs: those that are given, else by their names, else the first two; null with
 * fewer than two.
 */
export function readColumns(names: readonly string[], given: ImportOptions = {}): ReadColumns | null {
  const known = (wanted: readonly string[], taken?: string): string | undefined =>
    wanted
      .map((word) => names.find((name) => name !== taken && name.trim().toLowerCase() === word))
      .find((name) => name !== undefined);
  const named = (name: string | undefined): string | undefined => names.find((one) => one === name);
  const output = named(given.output) ?? known(OUTPUTS, given.input);
  const input = named(given.input) ?? known(INPUTS, output);
  if (input !== undefined && output !== undefined) return { names, input, output, isSure: true };
  const rest = names.filter((name) => name !== input && name !== output);
  const first = input ?? rest.shift();
  const second = output ?? rest.shift();
  return first === undefined || second === undefined
    ? null
    : { names, input: first, output: second, isSure: false };
}

/**
 * Whether a first row names its columns: both are known, or one is and every cell is a short name. A row that is
 * wrongly read as names would be an example lost.
 */
export function isHeading(cells: readonly string[], { isSure }: ReadColumns): boolean {
  const isKnown = (cell: string): boolean => [...INPUTS, ...OUTPUTS].includes(cell.trim().toLowerCase());
  return (
    isSure ||
    (cells.some(isKnown) && cells.every((cell) => /^\s*[\p{L}_][\p{L}\p{N}_-]{0,30}\s*$/u.test(cell)))
  );
}

/** One sentence about a guess that a person should check; none where the names were plain. */
export function columnRemarks({ input, output, isSure }: ReadColumns): string[] {
  return isSure ? [] : [`Column "${input}" was read as the input and column "${output}" as the output.`];
}

export function leftOutRemarks(count: number): string[] {
  return count === 0 ? [] : [`Examples without an input or an output were left out: ${count}.`];
}

/** The input of a row, with the instruction before it where there is one besides. */
export function inputOf({ names, input }: ReadColumns, cell: (name: string) => unknown): unknown {
  const instruction = names.find((name) => name.trim().toLowerCase() === INSTRUCTION);
  if (instruction === undefined || instruction === input || input.trim().toLowerCase() !== "input")
    return cell(input);
  return [cell(instruction), cell(input)]
    .map(toText)
    .filter((part) => part.trim() !== "")
    .join("\n");
}

/** An example, or null when a half of it is missing. */
export function toExample(
  input: unknown,
  output: unknown,
  [startUtf16, endUtf16]: Span,
): PassageDraft | null {
  const [asked, given] = [toText(input), toText(output)];
  if (asked.trim() === "" || given.trim() === "") return null;
  return {
    title: "",
    text: exampleText(asked, given),
    startUtf16,
    endUtf16,
    record: { kind: "example", input: asked, output: given },
  };
}

export function exampleText(input: string, output: string): string {
  return `${input}\n${output}`;
}

/** Several right answers stand in a list; the first is taken as the example's. */
function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value[0] ?? "";
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
