import type { ByteSource } from "../../base/byte-source.ts";
import { SextantError } from "../../contract/index.ts";
import type { Folder, WritableFolder } from "../folder.ts";

/** The largest vocabulary in use (250,000 pieces with scores and merges) takes 34 MB as JSON. */
const MOST_BYTES = 64 * 1024 * 1024;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws: `model/not-found`, `model/too-large`, `model/corrupt` for anything but a JSON object. */
export async function readJsonFile(folder: Pick<Folder, "open">, path: string): Promise<JsonObject> {
  return parseJsonFile(await readTextFile(folder, path), path);
}

/** Throws: `model/not-found`, `model/too-large`, `model/corrupt` for bytes that are no UTF-8. */
export async function readTextFile(folder: Pick<Folder, "open">, path: string): Promise<string> {
  const bytes = await readSmall(await folder.open(path), path);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw corrupt(path, "it is no text in UTF-8", error);
  }
}

/** Throws: `model/corrupt` for anything but a JSON object. */
export function parseJsonFile(text: string, path: string): JsonObject {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw corrupt(path, "it is no JSON", error);
  }
  if (isJsonObject(json)) return json;
  throw corrupt(path, "it holds no JSON object");
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Writes a JSON object, one value a line. */
export function writeJsonFile(target: WritableFolder, path: string, json: JsonObject): Promise<void> {
  return writeFile(target, path, new TextEncoder().encode(`${JSON.stringify(json, null, 1)}\n`));
}

/** Copies a small file byte for byte. Throws: `model/not-found`, `model/too-large`, `storage/full`. */
export async function copyFile(source: Folder, target: WritableFolder, path: string): Promise<void> {
  await writeFile(target, path, await readSmall(await source.open(path), path));
}

export function corrupt(file: string, why: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/corrupt",
    `The model's file ${file} cannot be used: ${why}. Download the model again, or choose another.`,
    { file },
    cause,
  );
}

async function readSmall(source: ByteSource, path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (source.sizeBytes <= MOST_BYTES) return source.read(0, source.sizeBytes);
  throw new SextantError(
    "model/too-large",
    `The model's file ${path} has ${source.sizeBytes} bytes, where at most ${MOST_BYTES} make sense. Choose another model.`,
    { file: path, sizeBytes: source.sizeBytes },
  );
}

async function writeFile(target: WritableFolder, path: string, bytes: Uint8Array): Promise<void> {
  const sink = await target.create(path);
  try {
    await sink.write(bytes);
  } finally {
    await sink.close();
  }
}
