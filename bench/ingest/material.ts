import { readFileSync } from "node:fs";
import type { Kind } from "../../src/contract/index.ts";

const GOLDEN = new URL("../../src/ingest/golden/", import.meta.url);

/** Files to measure with: a small real one made large by repetition, or as it is where a container cannot be repeated. */
export interface Material {
  readonly kind: Kind;
  readonly name: string;
  /** About `bytes` long. */
  make(bytes: number): Uint8Array;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (path: string): string => readFileSync(new URL(path, GOLDEN), "utf8");
const repeat = (text: string, bytes: number): string =>
  Array.from({ length: Math.max(1, Math.round(bytes / text.length)) }, (_, i) =>
    text.replace("1", String(i)),
  ).join("\n");

/** A text that stays what it is when it is repeated. */
function repeated(kind: Kind, path: string): Material {
  return { kind, name: path.split("/").at(-1) ?? "", make: (bytes) => utf8(repeat(read(path), bytes)) };
}

/** A JSON array whose elements are repeated. */
function elements(kind: Kind, path: string): Material {
  const inner = (): string => read(path).trim().slice(1, -1);
  return {
    kind,
    name: path.split("/").at(-1) ?? "",
    make: (bytes) => utf8(`[${repeat(`${inner()},`, bytes)}{}]`),
  };
}

function asItIs(kind: Kind, path: string): Material {
  return {
    kind,
    name: path.split("/").at(-1) ?? "",
    make: () => new Uint8Array(readFileSync(new URL(path, GOLDEN))),
  };
}

export const MATERIAL: Readonly<Record<string, Material>> = {
  markdown: repeated("document", "markdown/harbour.md"),
  html: repeated("document", "html/fragment.htm"),
  text: repeated("document", "plain-text/letter.txt"),
  code: repeated("document", "source-code/shapes.py"),
  table: repeated("document", "table-rows/harbours.csv"),
  pdf: asItIs("document", "files/tides.pdf"),
  docx: asItIs("document", "files/club.docx"),
  epub: asItIs("document", "files/walks.epub"),
  xlsx: asItIs("document", "files/faq.xlsx"),
  chatgpt: elements("exchange", "chat-json/chatgpt.json"),
  transcript: repeated("exchange", "transcript/kitchen.txt"),
  whatsapp: repeated("exchange", "whatsapp/ios.txt"),
  examples: repeated("example", "example-json/flan.jsonl"),
  tools: repeated("tool", "tool-specs/toolbench.jsonl"),
  "long-text": repeated("chunk", "long-text/walk.txt"),
};
