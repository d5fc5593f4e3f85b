import { sha256 } from "../../base/hash.ts";
import {
  isSextantError,
  type CorpusItem,
  type InputFile,
  type Kind,
  type Notice,
  type TaskId,
} from "../../contract/index.ts";
import { importFile, unpack, type IngestTools } from "../../ingest/index.ts";
import { keyTextOf } from "../../tasks/index.ts";
import { itemId } from "./item-id.ts";

/** What became of a file, or of one in an archive: its passages, and what is to be said of it. */
export interface CutFile {
  readonly items: readonly CorpusItem[];
  readonly notices: readonly Notice[];
}

/** Cuts a file into passages without storing anything: for corpora that go straight to a server. */
export async function* cutFile(file: InputFile, kind: Kind, tools: IngestTools): AsyncGenerator<CutFile> {
  try {
    for await (const part of unpack(file, kind)) {
      if ("level" in part) yield { items: [], notices: [part] };
      else yield await cutOne(part, kind, tools);
    }
  } catch (error) {
    yield refused(file.name, error);
  }
}

async function cutOne(file: InputFile, kind: Kind, tools: IngestTools): Promise<CutFile> {
  try {
    const { name, format, text, drafts, notices } = await importFile(file, kind, tools);
    const digest = await sha256(text);
    const dateMs = file.modifiedMs ?? null;
    const source = { name, format, digest, total: drafts.length, tags: [], dateMs };
    const items = drafts.map((passage, ordinal) => ({
      id: itemId(digest, ordinal, passage),
      source,
      ordinal,
      passage,
    }));
    return { items, notices };
  } catch (error) {
    return refused(file.name, error);
  }
}

function refused(file: string, error: unknown): CutFile {
  if (!isSextantError(error) || !error.code.startsWith("ingest/")) throw error;
  return { items: [], notices: [{ level: "error", code: error.code, file, message: error.message }] };
}

/** What is embedded of passages under a task, without the instruction. */
export function keyTexts(task: TaskId, items: readonly CorpusItem[]): string[] {
  return items.map(({ passage }) => keyTextOf(task, passage));
}
