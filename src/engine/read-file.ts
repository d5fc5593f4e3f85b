import { SextantError, type InputFile, type UnreadFile } from "../contract/index.ts";
import { checkSize, MAX_FILE_BYTES } from "../ingest/index.ts";

/**
 * Reads a file whose turn has come; one that is in memory is given back as it is.
 *
 * Throws: `ingest/too-large` before a byte is read; `ingest/changed` when it is not what it was when it was chosen.
 */
export async function readFile(file: InputFile | UnreadFile): Promise<InputFile> {
  if (isInMemory(file)) return file;
  const { name, content, modifiedMs } = file;
  const sizeBytes = content.size;
  checkSize(name, sizeBytes, MAX_FILE_BYTES);
  let bytes: ArrayBuffer;
  try {
    bytes = await content.slice(0, sizeBytes).arrayBuffer();
  } catch (error) {
    throw changed(name, error);
  }
  if (bytes.byteLength !== sizeBytes || content.size !== sizeBytes) throw changed(name);
  return { name, content: new Uint8Array(bytes), ...(modifiedMs === undefined ? {} : { modifiedMs }) };
}

function isInMemory(file: InputFile | UnreadFile): file is InputFile {
  return typeof file.content === "string" || ArrayBuffer.isView(file.content);
}

function changed(name: string, cause?: unknown): SextantError {
  return new SextantError(
    "ingest/changed",
    `${name} was changed, moved or deleted after it was chosen. Choose it anew.`,
    {},
    cause,
  );
}
