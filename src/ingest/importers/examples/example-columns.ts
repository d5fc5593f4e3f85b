import type { PassageDraft } from "../../../contract/index.ts";
import type { Span } from "../../importer.ts";

/** Names that columns of inputs and outputs go by, the surest first. */
const INPUTS =
  "input question query prompt utterance instruction text sentence source request message example x".split(
    " ",
  );
const OUTPUTS =
  "output answer label intent completion response target category class reply translation result y".split(
    " ",
  );

/** Which two columns make an example. */
export interface ExampleColumns {
  readonly input: string;
  readonly output: string;
  /** Both were known by their names. */
  readonly isSure: boolean;
}

/** Guesses the columns by their names, else takes the first two; null with fewer than two. */
export function guessColumns(names: readonly string[]): ExampleColumns | null {
  const known = (wanted: readonly string[], taken?: string): string | undefined =>
    wanted
      .map((word) => names.find((name) => name !== taken && name.trim().toLowerCase() === word))
      .find((name) => name !== undefined);
  const output = known(OUTPUTS);
  const input = known(INPUTS, output);
  if (input !== undefined && output !== undefined) return { input, output, isSure: true };
  const rest = names.filter((name) => name !== input && name !== output);
  const first = input ?? rest.shift();
  const second = output ?? rest.shift();
  return first === undefined || second === undefined ? null : { input: first, output: second, isSure: false };
}

/**
 * Whether a first row names its columns: both are known, or one is and every cell is a short name. A row that is
 * wrongly read as names would be an example lost.
 */
export function isHeading(cells: readonly string[], { isSure }: ExampleColumns): boolean {
  const isKnown = (cell: string): boolean => [...INPUTS, ...OUTPUTS].includes(cell.trim().toLowerCase());
  return (
    isSure ||
    (cells.some(isKnown) && cells.every((cell) => /^\s*[\p{L}_][\p{L}\p{N}_-]{0,30}\s*$/u.test(cell)))
  );
}

/** One sentence about a guess that a person should check; none where the names were plain. */
export function columnRemarks({ input, output, isSure }: ExampleColumns): string[] {
  return isSure ? [] : [`Column "${input}" was read as the input and column "${output}" as the output.`];
}

export function leftOutRemarks(count: number): string[] {
  return count === 0 ? [] : [`Examples without an input or an output were left out: ${count}.`];
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
    text: `${asked}\n${given}`,
    startUtf16,
    endUtf16,
    record: { kind: "example", input: asked, output: given },
  };
}

function toText(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
