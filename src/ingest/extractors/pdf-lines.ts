/** A run of text on a page, as pdf.js gives it. */
export interface PdfRun {
  readonly str: string;
  /** Height of its letters, in points. */
  readonly height: number;
  /** Where it stands, from the page's lower left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** pdf.js's own judgement that the line ends here. */
  readonly hasEOL: boolean;
}

/** A line of a page. */
export interface PdfLine {
  readonly text: string;
  readonly height: number;
  readonly y: number;
}

/** A larger step down than this many letter heights begins a paragraph. Chromium and LaTeX set lines at 1.15 to 1.5. */
const PARAGRAPH_STEP = 1.75;
/** Letters this much larger than the body's are a heading's. */
const HEADING_SCALE = 1.15;
const LONGEST_HEADING = 200;

/** Pages from which on a line that returns is a running head. */
const MIN_PAGES = 4;

/** Puts runs that stand on one line together. */
export function linesOf(runs: readonly PdfRun[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfRun[] = [];
  const close = (): void => {
    const text = joinRuns(open);
    if (text !== "") lines.push({ text, height: tallest(open), y: open.find(isVisible)?.y ?? 0 });
    open = [];
  };
  for (const run of runs) {
    const last = open.findLast(isVisible);
    if (
      last !== undefined &&
      isVisible(run) &&
      Math.abs(run.y - last.y) > Math.max(run.height, last.height) * 0.6
    )
      close();
    open.push(run);
    if (run.hasEOL) close();
  }
  close();
  return lines;
}

/**
 * Writes pages as text: paragraphs parted by blank lines, `#` before headings, a form feed after each page. Words that
 * were hyphenated at a line's end are whole again, and heads and feet that return on most pages are left out.
 */
export function pagesToText(pages: readonly (readonly PdfLine[])[]): { text: string; runningLines: number } {
  const running = runningLines(pages);
  const body = bodyHeight(pages);
  const sizes = headingSizes(pages, body);
  let left = 0;
  const written = pages.map((lines) => {
    const kept = lines.filter((line, i) => {
      const isRunning = (i === 0 || i === lines.length - 1) && running.has(pattern(line.text));
      if (isRunning) left++;
      return !isRunning;
    });
    return `${paragraphsOf(kept, sizes).join("\n\n")}\n\f`;
  });
  return { text: written.join(""), runningLines: left };
}

function paragraphsOf(lines: readonly PdfLine[], sizes: readonly number[]): string[] {
  const paragraphs: string[] = [];
  let previous: PdfLine | null = null;
  let previousLevel = 0;
  for (const line of lines) {
    const level = line.text.length > LONGEST_HEADING ? 0 : sizes.indexOf(round(line.height)) + 1;
    const step = previous === null ? Infinity : previous.y - line.y;
    const isNew =
      step < 0 ||
      step > Math.max(line.height, previous?.height ?? 0) * PARAGRAPH_STEP ||
      level !== previousLevel;
    const last = paragraphs.at(-1);
    if (isNew || last === undefined)
      paragraphs.push(level > 0 ? `${"#".repeat(level)} ${line.text}` : plain(line.text));
    else paragraphs[paragraphs.length - 1] = joinLines(last, line.text);
    previous = line;
    previousLevel = level;
  }
  return paragraphs;
}

/** A line of text that begins with `#` is no heading. */
function plain(text: string): string {
  return text.startsWith("#") ? ` ${text}` : text;
}

function joinLines(before: string, line: string): string {
  const isParted =
    /\p{L}\u00ad$/u.test(before) || (/\p{Ll}[-\u2010]$/u.test(before) && /^\p{Ll}/u.test(line));
  // The line ends behind the word that is whole again, so that lines can be counted.
  return isParted ? before.slice(0, -1) + line.replace(/ /, "\n") : `${before}\n${line}`;
}

function joinRuns(runs: readonly PdfRun[]): string {
  let text = "";
  let last: PdfRun | undefined;
  for (const run of runs) {
    const gap = last === undefined ? 0 : run.x - (last.x + last.width);
    const needsBlank =
      last !== undefined && gap > last.height * 0.25 && !/\s$/.test(text) && !/^\s/.test(run.str);
    text += (needsBlank ? " " : "") + run.str;
    if (isVisible(run)) last = run;
  }
  return text.replaceAll("\f", " ").replace(/\s+/g, " ").trim();
}

function isVisible({ str }: PdfRun): boolean {
  return str.trim() !== "";
}

function tallest(runs: readonly PdfRun[]): number {
  return runs.reduce((most, run) => (isVisible(run) ? Math.max(most, run.height) : most), 0);
}

function round(height: number): number {
  return Math.round(height * 2) / 2;
}

/** The size in which most letters are set. */
function bodyHeight(pages: readonly (readonly PdfLine[])[]): number {
  const letters = new Map<number, number>();
  for (const { text, height } of pages.flat())
    letters.set(round(height), (letters.get(round(height)) ?? 0) + text.length);
  return [...letters].reduce((most, one) => (one[1] > most[1] ? one : most), [0, 0] as const)[0];
}

/** Up to three sizes of headings, the largest first. */
function headingSizes(pages: readonly (readonly PdfLine[])[], body: number): number[] {
  const sizes = new Set(pages.flat().map(({ height }) => round(height)));
  return [...sizes]
    .filter((size) => size > body * HEADING_SCALE)
    .sort((a, b) => b - a)
    .slice(0, 3);
}

function runningLines(pages: readonly (readonly PdfLine[])[]): Set<string> {
  if (pages.length < MIN_PAGES) return new Set();
  const counts = new Map<string, number>();
  for (const lines of pages)
    for (const text of new Set([lines[0]?.text ?? "", lines.at(-1)?.text ?? ""]))
      if (text !== "") counts.set(pattern(text), (counts.get(pattern(text)) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > pages.length / 2).map(([text]) => text));
}

/** Page numbers count up. */
function pattern(text: string): string {
  return text.replace(/\d+/g, "#");
}
