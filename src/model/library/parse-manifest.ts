import { isDtype, SextantError, type Dtype } from "../../contract/index.ts";
import {
  MANIFEST_PATH,
  REFERENCE_PATHS,
  WEIGHTS_PATH,
  type ModelFile,
  type ModelManifest,
} from "../manifest.ts";

/** Where the files of every model lie; other places belong to the store. */
const FILES = {
  config: ["config.json"],
  tokenizer: ["tokenizer.json"],
  tokenizerConfig: ["tokenizer_config.json"],
  reference: REFERENCE_PATHS,
} as const satisfies Record<keyof ModelManifest["files"], readonly string[]>;

/**
 * Reads `sextant.json`, which may come from anywhere.
 *
 * Throws: `model/corrupt` naming the field; `model/unsupported` for a later format.
 */
export function parseManifest(text: string): ModelManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw broken("it is no JSON", error);
  }
  const fields = asRecord(json, "the whole");
  if (fields["format"] !== 1)
    throw new SextantError(
      "model/unsupported",
      `${MANIFEST_PATH} is of format ${JSON.stringify(fields["format"])}, which this version of Sextant does not read. Load the newest Sextant, or convert the model again.`,
      { path: MANIFEST_PATH },
    );
  for (const field of ["id", "name", "licence"]) asText(fields[field], field);
  for (const field of ["dim", "maxTokens"]) asCount(fields[field], field);
  for (const field of ["repository", "revision"]) if (fields[field] !== null) asText(fields[field], field);
  for (const field of ["languages", "unknown"]) {
    const list = fields[field];
    if (!Array.isArray(list)) throw broken(`"${field}" is no list`);
    list.forEach((item) => asText(item, field));
  }
  oneOf(fields["architecture"], ["bert", "other"], "architecture");
  oneOf(fields["pooling"], ["cls", "mean"], "pooling");
  oneOf(fields["similarity"], ["cosine", "inner-product"], "similarity");
  if (fields["prefixes"] !== "tasks") {
    const prefixes = asRecord(fields["prefixes"], "prefixes");
    for (const side of ["query", "key"])
      if (typeof prefixes[side] !== "string") throw broken(`"prefixes.${side}" is no text`);
  }
  asDigest(fields["fingerprint"], "fingerprint");
  const files = asRecord(fields["files"], "files");
  for (const [name, paths] of Object.entries(FILES)) asFile(files[name], `files.${name}`, paths);
  for (const [dtype, file] of Object.entries(asRecord(fields["weights"], "weights"))) {
    if (!isDtype(dtype)) throw broken(`"weights.${dtype}" is no precision`);
    asFile(file, `weights.${dtype}`, [WEIGHTS_PATH[dtype]]);
  }
  return fields as unknown as ModelManifest;
}

/** The files that one precision needs. */
export function filesFor({ files, weights }: ModelManifest, dtype: Dtype): readonly ModelFile[] {
  const file = weights[dtype];
  return [...Object.values(files), ...(file ? [file] : [])];
}

function asRecord(value: unknown, field: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw broken(`"${field}" is no object`);
}

function asText(value: unknown, field: string): void {
  if (typeof value !== "string" || value === "" || value.length > 2000) throw broken(`"${field}" is no text`);
}

function asCount(value: unknown, field: string): void {
  if (!Number.isSafeInteger(value) || Number(value) < 1) throw broken(`"${field}" is no positive number`);
}

function oneOf(value: unknown, allowed: readonly string[], field: string): void {
  if (!allowed.some((one) => one === value)) throw broken(`"${field}" is none of ${allowed.join(", ")}`);
}

function asDigest(value: unknown, field: string): void {
  if (typeof value !== "string" || !/^[0-9a-f]{64}$/.test(value)) throw broken(`"${field}" is no SHA-256`);
}

function asFile(value: unknown, field: string, paths: readonly string[]): void {
  const file = asRecord(value, field);
  if (!paths.some((path) => path === file["path"]))
    throw broken(`"${field}.path" is not ${paths.join(" or ")}`);
  if (!Number.isSafeInteger(file["sizeBytes"]) || Number(file["sizeBytes"]) < 0)
    throw broken(`"${field}.sizeBytes" is no size`);
  asDigest(file["sha256"], `${field}.sha256`);
}

function broken(why: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/corrupt",
    `${MANIFEST_PATH} does not describe a model: ${why}. Convert the model again, or get the folder anew.`,
    { path: MANIFEST_PATH, why },
    cause,
  );
}
