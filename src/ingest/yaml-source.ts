import { SextantError } from "../contract/index.ts";
import { composeYaml } from "./compose-yaml.ts";
import type { SourceText } from "./importer.ts";
import type { JsonItem } from "./json-source.ts";

/** What aliases may unfold to; a few lines of them could ask for more than any memory. */
const MAX_ALIASES = 200;

/** What has anchors is composed in one go: 1 to 2 seconds. */
const MAX_UTF16 = 2 * 2 ** 20;

/** Pieces of text between two places for other work: a few milliseconds. */
const AT_ONCE = 1000;

type Yaml = typeof import("yaml");
type Document = InstanceType<Yaml["Document"]>;
type Token = import("yaml").CST.Token;

/**
 * Reads YAML with the places of its values, as `readJson` does JSON.
 *
 * Throws: `ingest/unreadable` with line and column, also where aliases unfold without end; `ingest/too-large`.
 */
export async function readYaml({ name, text }: SourceText, breathe?: () => Promise<void>): Promise<JsonItem> {
  if (text.length > MAX_UTF16)
    throw new SextantError(
      "ingest/too-large",
      `${name} is YAML of ${(text.length / 2 ** 20).toFixed(1)} MB; at most ${MAX_UTF16 / 2 ** 20} MB can be read. Save it as JSON, which may be longer, and add that.`,
      { sizeUtf16: text.length, limitUtf16: MAX_UTF16 },
    );
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const { tokens, hasAnchors } = await parseTokens(yaml, lines, text, breathe);
  const document = await composeYaml(tokens, hasAnchors, { yaml, lines, end: text.length, breathe });
  await breathe?.();
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col: column } = lines.linePos(error.pos[0]);
    throw new SextantError(
      "ingest/unreadable",
      `${name} is not valid YAML (line ${line}, column ${column}). Correct it there, or export it again.`,
      { line, column },
    );
  }
  // Whether aliases unfold without end is known once all of them did.
  if (hasAnchors && yaml.isNode(document.contents)) plainValue(document.contents, document, name);
  return toItem(yaml, document, document.contents, name);
}

async function parseTokens(
  yaml: Yaml,
  lines: InstanceType<Yaml["LineCounter"]>,
  text: string,
  breathe?: () => Promise<void>,
): Promise<{ readonly tokens: readonly Token[]; readonly hasAnchors: boolean }> {
  const parser = new yaml.Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens: Token[] = [];
  let pieces = 0;
  let hasAnchors = false;
  for (const piece of new yaml.Lexer().lex(text)) {
    // No scalar begins so: it would be quoted, or indented in a block.
    hasAnchors ||= piece.startsWith("&") || piece.startsWith("*");
    for (const token of parser.next(piece)) tokens.push(token);
    if (++pieces % AT_ONCE === 0) await breathe?.();
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens, hasAnchors };
}

function toItem(yaml: Yaml, document: Document, node: unknown, name: string): JsonItem {
  const inner = (child: unknown): JsonItem => toItem(yaml, document, child, name);
  const own = yaml.isAlias(node) ? node.resolve(document) : node;
  const range = yaml.isNode(node) ? node.range : null;
  return {
    get value() {
      return yaml.isNode(node) ? plainValue(node, document, name) : (node ?? null);
    },
    span: [range?.[0] ?? 0, range?.[1] ?? 0],
    get elements() {
      return yaml.isSeq(own) ? own.items.map(inner) : [];
    },
    get members() {
      if (!yaml.isMap(own)) return [];
      return own.items.map(({ key, value }) => [keyText(yaml, key), inner(value)] as const);
    },
    member(wanted) {
      if (!yaml.isMap(own)) return undefined;
      const pair = own.items.findLast(({ key }) => keyText(yaml, key) === wanted);
      return pair === undefined ? undefined : inner(pair.value);
    },
  };
}

function keyText(yaml: Yaml, key: unknown): string {
  return String(yaml.isScalar(key) ? key.value : key);
}

function plainValue(node: import("yaml").Node, document: Document, name: string): unknown {
  try {
    return node.toJS(document, { maxAliasCount: MAX_ALIASES }) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SextantError(
      "ingest/unreadable",
      `${name} refers to parts of itself in a way that cannot be followed (${why}). Write them out and add it again.`,
      {},
      error,
    );
  }
}
