import { verbatimBlock } from "../../chunkers/block.ts";
import { packSections } from "../../chunkers/pack-sections.ts";
import {
  hasExtension,
  type Importer,
  type IngestTools,
  type Parsed,
  type SourceText,
} from "../../importer.ts";
import { mapMatches } from "../../map-matches.ts";

const CODE_EXTENSIONS = (
  ".js .mjs .cjs .jsx .ts .mts .cts .tsx .vue .svelte .astro .css .scss .sass .less .graphql .proto " +
  ".py .pyi .rb .php .java .kt .kts .scala .groovy .gradle .go .rs .zig .c .h .cc .cpp .cxx .hpp .hh .cs .fs .vb " +
  ".swift .m .mm .dart .lua .pl .pm .r .jl .ex .exs .erl .hs .ml .clj .cljs .el .lisp .scm .nim .f90 " +
  ".sh .bash .zsh .fish .ps1 .bat .sql .tex .bib .cmake .tf .toml .ini .cfg .conf .xml .yaml .yml"
).split(" ");

/** Lines up to a blank one. */
const GROUP = /[^\n]*\S[^\n]*(?:\n(?![ \t\r]*(?:\n|$))[^\n]*)*/g;

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
  const found = await mapMatches(text, GROUP, tools.breathe, ({ index, 0: group }) => {
    const block = verbatimBlock(text, [index, index + group.length], "lines", previousEnd);
    previousEnd = index + group.trimEnd().length;
    return block;
  });
  const blocks = found.filter((block) => block !== null);
  return { drafts: await packSections([{ title: name, blocks }], tools), skipped: [], remarks: [] };
}
