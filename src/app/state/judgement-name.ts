/** Whether a path is that of judgements in BEIR's layout, such as `qrels/test.tsv` or `qrels.tsv`. */
export function isQrelsName(path: string): boolean {
  return /(^|\/)qrels([._-][^/]*|\/[^/]+)?\.(tsv|txt)$/i.test(path);
}

/** Whether it is that of the queries beside them. */
export function isQueriesName(path: string): boolean {
  return /(^|\/)queries\.(jsonl|tsv)$/i.test(path);
}
