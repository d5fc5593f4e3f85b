import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { PassageDraft } from "../contract/index.ts";
import { readQrels } from "../metrics/index.ts";

/** A line of corpus.jsonl. `group`, `session` and `position` restrict the candidates where a set has them. */
export interface BeirPassage {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly group: string;
  readonly session: number;
  readonly position: number;
}

export interface BeirQuery {
  readonly id: string;
  readonly text: string;
  readonly group: string;
  readonly session: number;
  readonly position: number;
  /** A passage that this query may not retrieve. */
  readonly exclude: string | null;
}

export interface BeirSet {
  readonly passages: readonly BeirPassage[];
  /** Only those with judgements. */
  readonly queries: readonly BeirQuery[];
  /** Grades by passage id, by query id. */
  readonly qrels: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Reads a folder in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv. */
export async function readBeir(folder: string): Promise<BeirSet> {
  const passages = (await readJsonLines(join(folder, "corpus.jsonl"))).map((row): BeirPassage => ({
    ...place(row),
    title: string(row["title"]),
    text: string(row["text"]),
  }));
  const judged = join(folder, "qrels.tsv");
  const qrels = readQrels(judged, await readFile(judged, "utf8"));
  const queries = (await readJsonLines(join(folder, "queries.jsonl")))
    .map((row): BeirQuery => {
      const exclude = row["exclude"];
      return {
        ...place(row),
        text: string(row["text"]),
        exclude: typeof exclude === "string" ? exclude : null,
      };
    })
    .filter(({ id }) => qrels.has(id));
  return { passages, queries, qrels };
}

/** A passage as the engine takes it; its place in the joined text of its source. */
export function toDraft({ title, text }: BeirPassage, startUtf16: number): PassageDraft {
  return { title, text, startUtf16, endUtf16: startUtf16 + text.length, record: { kind: "document" } };
}

type Row = Readonly<Record<string, unknown>>;

function place(row: Row) {
  return {
    id: string(row["_id"]),
    group: string(row["group"]),
    session: Number(row["session"] ?? 0),
    position: Number(row["position"] ?? 0),
  };
}

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

async function readLines(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity }))
    if (line.trim() !== "") lines.push(line);
  return lines;
}

async function readJsonLines(path: string): Promise<Row[]> {
  return (await readLines(path)).map((line) => JSON.parse(line) as Row);
}
