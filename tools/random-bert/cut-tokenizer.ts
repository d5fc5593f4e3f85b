/** A tokenizer's two files, parsed. */
export interface TokenizerFiles {
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
}

interface WordPieceFile {
  readonly model: { readonly vocab: Readonly<Record<string, number>> };
  readonly truncation: object | null;
}

/**
 * A WordPiece tokenizer with no more pieces than the model has rows and no more tokens than it has places, and its
 * vocabulary line by line, as `vocab.txt` has it.
 */
export function cutTokenizer(
  { tokenizer, tokenizerConfig }: TokenizerFiles,
  { vocabulary, positions }: { readonly vocabulary: number; readonly positions: number },
): TokenizerFiles & { readonly lines: readonly string[] } {
  const { model, truncation, ...rest } = tokenizer as WordPieceFile;
  const pieces = Object.entries(model.vocab)
    .filter(([, id]) => id < vocabulary)
    .sort(([, a], [, b]) => a - b);
  return {
    tokenizer: {
      ...rest,
      truncation: truncation && { ...truncation, max_length: positions },
      model: { ...model, vocab: Object.fromEntries(pieces) },
    },
    tokenizerConfig: { ...tokenizerConfig, model_max_length: positions },
    lines: pieces.map(([piece]) => piece),
  };
}
