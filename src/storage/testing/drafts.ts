import type { PassageDraft } from "../../contract/index.ts";

/** A passage of plain text, at no place in particular. */
export function draft(text: string, title = ""): PassageDraft {
  return { title, text, startUtf16: 0, endUtf16: text.length, record: { kind: "document" } };
}

/** f16 bits that tell rows and columns apart: row · 100 + column. */
export function rows(count: number, dim: number, from = 0): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(
    { length: count * dim },
    (_, at) => (from + Math.floor(at / dim)) * 100 + (at % dim),
  );
}
