import type { Span } from "../importer.ts";
import type { Block, Section } from "./block.ts";

/** Gathers a document's blocks under their heading paths. */
export interface Outline {
  /** Headings become titles; `block` is the heading itself, for where nothing follows it. */
  heading(depth: number, heading: string, span: Span, block: Block | null): void;
  add(block: Block): void;
  leaveOut(span: Span): void;
  finish(): { readonly sections: readonly Section[]; readonly skipped: readonly Span[] };
}

interface OpenHeading {
  readonly depth: number;
  readonly heading: string;
}

/** The bundled model was trained on heading paths written so; a finer sign such as › is unknown to its vocabulary. */
const PATH_SEPARATOR = " > ";

export function createOutline(documentTitle: string): Outline {
  const sections: Section[] = [];
  const skipped: Span[] = [];
  let path: OpenHeading[] = [];
  let blocks: Block[] = [];
  let lonely: { readonly depth: number; readonly span: Span; readonly block: Block | null } | null = null;

  const title = (): string => {
    const headings = path.map(({ heading }) => heading);
    const isRepeated = documentTitle === "" || headings[0] === documentTitle;
    return (isRepeated ? headings : [documentTitle, ...headings]).join(PATH_SEPARATOR);
  };

  /** A heading without text is a passage where no deeper heading follows: its words are in no other title. */
  const endSection = (nextDepth: number): void => {
    if (lonely?.block && nextDepth <= lonely.depth) blocks.push(lonely.block);
    else if (lonely !== null) skipped.push(lonely.span);
    lonely = null;
    if (blocks.length > 0) sections.push({ title: title(), blocks });
    blocks = [];
  };

  return {
    heading(depth, heading, span, block) {
      endSection(depth);
      path = path.filter((open) => open.depth < depth);
      if (heading !== "") path.push({ depth, heading });
      lonely = { depth, span, block };
    },
    add(block) {
      if (lonely !== null) skipped.push(lonely.span);
      lonely = null;
      blocks.push(block);
    },
    leaveOut: (span) => void skipped.push(span),
    finish() {
      endSection(0);
      return { sections, skipped };
    },
  };
}
