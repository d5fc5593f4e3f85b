import { sha256 } from "../base/hash.ts";
import {
  EDITABLE_KINDS,
  toSextantError,
  type AddProgress,
  type AddReport,
  type AddRequest,
  type InputFile,
  type Kind,
  type Notice,
  type Source,
  type Storage,
} from "../contract/index.ts";
import { importFile, unpack, type IngestTools } from "../ingest/index.ts";
import type { FreshDrafts } from "./fresh-drafts.ts";
import { readFile } from "./read-file.ts";

/** Kinds whose passages can be deleted one by one. */
const STANDING_ALONE: ReadonlySet<Kind> = new Set(EDITABLE_KINDS);

/**
 * Reads one file after the other and stores their text, one transaction a file. A file that cannot be read becomes a notice with
 * its error code; the others go through.
 */
export async function addFiles(
  storage: Storage,
  kind: Kind,
  request: AddRequest,
  tools: IngestTools,
  fresh: FreshDrafts,
  context: { readonly signal: AbortSignal; readonly emit: (progress: AddProgress) => void },
): Promise<AddReport> {
  const added: Source[] = [];
  const unchanged: Source[] = [];
  const notices: Notice[] = [];
  const columns: AddReport["columns"][number][] = [];

  const addOne = async (file: InputFile): Promise<void> => {
    const {
      name,
      format,
      text,
      drafts,
      notices: remarks,
      columns: read,
    } = await importFile(file, kind, tools, request.options);
    context.signal.throwIfAborted();
    const { source, unchanged: known } = await storage.addSource({
      collectionId: request.collectionId,
      name,
      format,
      digest: await sha256(text),
      text,
      total: drafts.length,
      dateMs: file.modifiedMs ?? null,
      notices: remarks,
    });
    (known ? unchanged : added).push(source);
    // Of a known text under another name, or with other options, what is stored goes on as it was cut first.
    if (!known && source.done < source.total) fresh.set(source.id, drafts);
    notices.push(...remarks);
    const deleted = known && STANDING_ALONE.has(kind) ? drafts.length - source.total : 0;
    if (deleted > 0) notices.push(withoutDeleted(name, deleted));
    if (read) columns.push({ sourceId: source.id, columns: read });
  };

  const attempt = async (name: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const { code, message } = toSextantError(error);
      if (!code.startsWith("ingest/")) throw error;
      notices.push({ level: "error", code, file: name, message });
    }
  };

  for (const [done, file] of request.files.entries())
    await attempt(file.name, async () => {
      for await (const part of unpack(await readFile(file), kind)) {
        context.signal.throwIfAborted();
        if ("level" in part) {
          notices.push(part);
          continue;
        }
        context.emit({ doneFiles: done, totalFiles: request.files.length, file: part.name });
        await attempt(part.name, () => addOne(part));
      }
    });
  return { added, unchanged, notices, columns };
}

/** What was deleted one by one is not brought back silently by the file that it came in. */
function withoutDeleted(file: string, count: number): Notice {
  return {
    level: "warning",
    code: "ingest/inexact",
    file,
    message:
      `${count} of its passages stayed out, since they were deleted here: to have them again, remove this source and ` +
      "add the file once more.",
  };
}
