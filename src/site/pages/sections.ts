import type { PageSection } from "./page.ts";

/** Takes a page's headings, anchors and text in their order and makes sections of them. */
export interface Sections {
  openHeading(level: number, id: string | null, weight: number): void;
  closeHeading(): void;
  /** An element with an id that is no heading: the next heading without one of its own is reached by it. */
  passAnchor(id: string): void;
  openPreformatted(): void;
  closePreformatted(): void;
  text(text: string, weight: number): void;
  endBlock(): void;
  end(): { list: readonly PageSection[]; firstHeading: string; doubledAnchors: readonly string[] };
}

interface Draft {
  anchor: string | null;
  headings: readonly string[];
  blocks: string[];
  weight: number;
}

export function createSections(): Sections {
  const list: Draft[] = [];
  const seen = new Set<string>();
  const doubled = new Set<string>();
  const path: { readonly level: number; readonly text: string }[] = [];
  let current: Draft = { anchor: null, headings: [], blocks: [], weight: 1 };
  let heading: { level: number; id: string | null; text: string; weight: number } | null = null;
  let passed: string | null = null;
  let block = "";
  let preformatted = 0;
  let firstHeading = "";

  const isNew = (id: string): boolean => {
    if (seen.has(id)) doubled.add(id);
    else seen.add(id);
    return !doubled.has(id);
  };
  const endBlock = (): void => {
    const text = preformatted > 0 ? block.replace(/^\s*\n|\s+$/gu, "") : block.replace(/\s+/gu, " ").trim();
    if (text !== "") current.blocks.push(text);
    block = "";
  };
  const endSection = (): void => {
    endBlock();
    if (current.blocks.length > 0 || current.headings.length > 0) list.push(current);
  };

  return {
    openHeading(level, id, weight) {
      endBlock();
      heading = { level, id: id ?? passed, text: "", weight };
      passed = null;
    },
    closeHeading() {
      if (heading === null) return;
      const { level, id, weight } = heading;
      const text = heading.text.replace(/\s+/gu, " ").trim();
      heading = null;
      if (text === "") return;
      endSection();
      while ((path.at(-1)?.level ?? 0) >= level) path.pop();
      if (level === 1 && firstHeading === "") firstHeading = text;
      else path.push({ level, text });
      const anchor = id !== null && isNew(id) ? id : level === 1 ? null : current.anchor;
      current = { anchor, headings: path.map((one) => one.text), blocks: [], weight };
    },
    passAnchor(id) {
      if (heading === null) passed = id;
      else heading.id ??= id;
    },
    openPreformatted() {
      endBlock();
      preformatted++;
    },
    closePreformatted() {
      endBlock();
      preformatted = Math.max(0, preformatted - 1);
    },
    text(text, weight) {
      if (heading !== null) {
        heading.text += text;
        return;
      }
      if (text.trim() !== "") {
        current.weight = block === "" && current.blocks.length === 0 ? weight : current.weight;
        passed = null;
      }
      block += text;
    },
    endBlock,
    end() {
      endSection();
      return { list, firstHeading, doubledAnchors: [...doubled] };
    },
  };
}
