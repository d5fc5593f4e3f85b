type Yaml = typeof import("yaml");
type Document = InstanceType<Yaml["Document"]>;
type YamlMap = InstanceType<Yaml["YAMLMap"]>;
type BlockMap = import("yaml").CST.BlockMap;
type Token = import("yaml").CST.Token;

/** Maps in maps that are taken apart: paths, their operations, and schemas among components. */
const MOST_DEPTH = 3;

export interface ComposeOptions {
  readonly yaml: Yaml;
  readonly lines: InstanceType<Yaml["LineCounter"]>;
  /** Where the text ends. */
  readonly end: number;
  readonly breathe?: (() => Promise<void>) | undefined;
}

/**
 * Composes the first document of these tokens. Block maps without anchors are composed an entry at a time, with room for
 * other work between them: a whole description at once holds the thread up for a second.
 */
export async function composeYaml(
  tokens: readonly Token[],
  hasAnchors: boolean,
  { yaml, lines, end: textEnd, breathe }: ComposeOptions,
): Promise<Document> {
  const composeAll = (all: readonly Token[]): Document => {
    const composer = new yaml.Composer({ lineCounter: lines, merge: true, logLevel: "silent" });
    const [document = new yaml.Document(null)] = composer.compose(all, true, textEnd);
    return document;
  };

  /** null where something is wrong: composed as a whole, it is said where. */
  async function composeMap(map: BlockMap, depth: number): Promise<Document | null> {
    let whole: Document | null = null;
    const names = new Set<unknown>();
    const items: YamlMap["items"] = [];
    for (const item of map.items) {
      const { value } = item;
      // How far a key is from its colon is told from where the map begins.
      const offset = item.start[0]?.offset ?? item.key?.offset ?? map.offset;
      const inner = isApart(value) && depth < MOST_DEPTH && !item.sep?.some(({ type }) => type === "tag");
      // TypeScript takes an item without a value for another kind of item.
      const alone = (inner ? { ...item, value: undefined } : item) as BlockMap["items"][number];
      const document = composeAll([
        { type: "document", offset, start: [], value: { ...map, offset, items: [alone] } },
      ]);
      const [pair] = yaml.isMap(document.contents) ? document.contents.items : [];
      if (!pair || document.errors.length > 0 || !yaml.isScalar(pair.key)) return null;
      if (names.has(pair.key.value)) return null;
      names.add(pair.key.value);
      if (inner) {
        const own = await composeMap(value, depth + 1);
        if (!own) return null;
        pair.value = own.contents;
      }
      items.push(pair);
      whole ??= document;
      await breathe?.();
    }
    if (!whole || !yaml.isMap(whole.contents)) return null;
    const { contents } = whole;
    const last = items.at(-1)?.value;
    const [from = map.offset] = contents.range ?? [];
    const [, , end = from] = (yaml.isNode(last) ? last.range : null) ?? contents.range ?? [];
    contents.items = items;
    contents.range = [from, end, end];
    return whole;
  }

  const [only, ...others] = tokens.filter(({ type }) => !BETWEEN.has(type));
  if (!hasAnchors && others.length === 0 && only?.type === "document" && isApart(only.value)) {
    const isBare = only.start.every(({ type }) => BETWEEN.has(type));
    const document = isBare ? await composeMap(only.value, 1) : null;
    if (document) return document;
  }
  return composeAll(tokens);
}

/** What stands around a document and means nothing. */
const BETWEEN: ReadonlySet<string> = new Set(["byte-order-mark", "comment", "newline", "space"]);

const isApart = (token: Token | undefined): token is BlockMap =>
  token?.type === "block-map" && token.items.length > 0;
