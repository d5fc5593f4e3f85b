import { verbatimBlock } from "../../chunkers/block.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import {
  hasExtension,
  type Importer,
  type IngestTools,
  type Parsed,
  type Span,
  type SourceText,
} from "../../importer.ts";
import { mapEach } from "../../map-matches.ts";

const CODE_EXTENSIONS = (
  ".js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .astro .css .scss .sass .less .graphql .proto " +
  ".py .pyi .rb .php .java .kt .kts .scala .groovy .gradle .go .rs .zig .c .h .cc .cpp .cxx .hpp .hh .cs .fs .vb " +
  ".swift .m .mm .dart .lua .pl .pm .r .jl .ex .exs .erl .hs .ml .clj .cljs .el .lisp .scm .nim .f90 " +
  ".sh .bash .zsh .fish .ps1 .bat .sql .tex .bib .cmake .tf .toml .ini .cfg .conf .xml .yaml .yml"
).split(" ");

/** Source code and configuration, cut between lines, at blank ones first. The path is the title. */
export const sourceCode = {
  id: "source-code",
  version: 1,
  kind: "document",
  extensions: CODE_EXTENSIONS,
  sniff: (source) => hasExtension({ extensions: CODE_EXTENSIONS }, source),
  parse: cutCode,
} satisfies Importer;

export async function cutCode({ name, text }: SourceText, tools: IngestTools): Promise<Parsed> {
  let previousEnd = 0;
  const found = await mapEach(lineGroups(text), tools.breathe, (span) => {
    const block = verbatimBlock(text, span, "lines", previousEnd);
    previousEnd = span[0] + text.slice(...span).trimEnd().length;
    return block;
  });
  const blocks = found.filter((block) => block !== null);
  return { drafts: await packSections([{ title: name, blocks }], tools), skipped: [], remarks: [] };
}

/** Lines up to a blank one, the first of them with something in it. */
function* lineGroups(text: string): Generator<Span> {
  let start = -1;
  let end = 0;
  for (let at = 0; at <= text.length;) {
    const found = text.indexOf("\n", at);
    const lineEnd = found < 0 ? text.length : found;
    const line = text.slice(at, lineEnd);
    const isOpen = start >= 0;
    if (isOpen ? /[^ \t\r]/.test(line) : line.trim() !== "") {
      if (!isOpen) start = at;
      end = lineEnd;
    } else if (isOpen) {
      yield [start, end];
      start = -1;
    }
    at = lineEnd + 1;
  }
  if (start >= 0) yield [start, end];
}
