import { SextantError } from "../contract/index.ts";
import type { SourceText } from "./importer.ts";
import type { JsonItem } from "./json-source.ts";

/** What aliases may unfold to; a few lines of them could ask for more than any memory. */
const MAX_ALIASES = 200;

type Yaml = typeof import("yaml");
type Document = InstanceType<Yaml["Document"]>;

/**
 * Reads YAML with the places of its values, as `readJson` does JSON.
 *
 * Throws: `ingest/unreadable` with line and column, also where aliases unfold without end.
 */
export async function readYaml({ name, text }: SourceText): Promise<JsonItem> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, merge: true, logLevel: "silent" });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col: column } = lines.linePos(error.pos[0]);
    throw new SextantError(
      "ingest/unreadable",
      `${name} is not valid YAML (line ${line}, column ${column}). Correct it there, or export it again.`,
      { line, column },
    );
  }
  return toItem(yaml, document, document.contents, name);
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
