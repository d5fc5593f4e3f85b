import {
  ACCEPTED,
  isSextantError,
  type ErrorCode,
  type InputFile,
  type Kind,
  type Notice,
} from "../contract/index.ts";
import { isZip, openArchive, type Archive } from "./archive.ts";
import { checkSize, MAX_FILE_BYTES } from "./decode.ts";
import { findExtractor } from "./extractors/index.ts";
import { extensionOf } from "./importer.ts";
import { slackChannels } from "./slack-archive.ts";

/** What systems put beside files without being asked. */
const BYSTANDER = /(?:^|\/)(?:__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i;

/** The one file of a ChatGPT or Claude export that holds what was said. */
const CONVERSATIONS = /(?:^|\/)conversations\.json$/;

/**
 * Gives a zip file's files one after the other, as far as a collection of this kind takes them, and a notice for what
 * it does not; any other file as it is.
 *
 * Throws: `ingest/unreadable`, `ingest/locked`, `ingest/too-large` about the zip file as a whole.
 * Cost: one file is unpacked at a time.
 */
export async function* unpack(
  file: InputFile,
  kind: Kind,
  limitBytes = MAX_FILE_BYTES,
): AsyncGenerator<InputFile | Notice> {
  const { name, content } = file;
  if (typeof content === "string" || !isZip(content)) return yield file;
  checkSize(name, content.byteLength, MAX_FILE_BYTES);
  if ((await findExtractor({ name, bytes: content })) !== null) return yield file;
  const archive = await openArchive(name, content);
  const wanted = archive.names.filter((path) => !BYSTANDER.test(path));
  const channels = kind === "exchange" ? await slackChannels(archive, limitBytes) : null;
  if (channels !== null) return yield* channels;
  const taken = chosen(wanted, kind);
  const leftOut = wanted.length - taken.length;
  if (leftOut > 0)
    yield notice(
      "warning",
      taken.length === 0 ? "ingest/no-records" : "ingest/inexact",
      name,
      `Files in it that do not fit here were left out: ${leftOut}. What fits here: ${ACCEPTED[kind].hint}.`,
    );
  for (const path of taken) yield await readEntry(archive, name, path, limitBytes);
}

function chosen(paths: readonly string[], kind: Kind): readonly string[] {
  const conversations = kind === "exchange" ? paths.filter((path) => CONVERSATIONS.test(path)) : [];
  if (conversations.length > 0) return conversations;
  const extensions = ACCEPTED[kind].extensions.filter((extension) => extension !== ".zip");
  return paths.filter((path) => extensions.includes(extensionOf(path)));
}

async function readEntry(
  archive: Archive,
  archiveName: string,
  path: string,
  limitBytes: number,
): Promise<InputFile | Notice> {
  const name = `${archiveName}/${path}`;
  try {
    return { name, content: await archive.read(path, limitBytes) };
  } catch (error) {
    if (!isSextantError(error)) throw error;
    return notice("error", error.code, name, error.message);
  }
}

function notice(level: Notice["level"], code: ErrorCode, file: string, message: string): Notice {
  return { level, code, file, message };
}
