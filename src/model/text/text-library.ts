import {
  SextantError,
  type AddTextModelProgress,
  type AddTextModelRequest,
  type Dtype,
  type TextModelEntry,
} from "../../contract/index.ts";
import type { Folder, FolderStore, WritableFolder } from "../folder.ts";
import { folderName } from "../library/stored-model.ts";
import { piecesOf } from "../source/digest.ts";
import { downloadFile } from "../source/download.ts";
import { hubHeaders, resolveUrl, type HubAccess } from "../source/hub-access.ts";
import { listRepository } from "../source/hub.ts";
import { findPicked } from "../source/picked.ts";
import { findPublished, onnxFor, type PublishedFiles } from "../source/published-files.ts";
import { readJsonFile } from "../tokenize/json-file.ts";

export interface TextLibraryOptions {
  readonly store: FolderStore;
  readonly hub: () => HubAccess;
  readonly fetchFile?: typeof fetch | undefined;
}

export interface AddTextContext {
  readonly signal: AbortSignal;
  readonly emit: (progress: AddTextModelProgress) => void;
}

/** Language models as they were published, kept on this device. */
export interface TextLibrary {
  list(): Promise<readonly TextModelEntry[]>;
  /** Throws: `model/*`, `storage/full`; the signal's reason. What has come is kept. */
  add(request: AddTextModelRequest, context: AddTextContext): Promise<TextModelEntry>;
  remove(id: string): Promise<void>;
}

/** Written last and removed first: a folder without it is not whole. */
const ENTRY_PATH = "sextant-text-model.json";

/** What a language model may bring beside what every model has. */
const BESIDE = ["generation_config.json", "chat_template.jinja", "special_tokens_map.json"];

export function createTextLibrary({ store, hub, fetchFile }: TextLibraryOptions): TextLibrary {
  async function entryOf(id: string): Promise<TextModelEntry | null> {
    const folder = store.folder(id);
    const isWhole = (await folder.list()).some(({ path }) => path === ENTRY_PATH);
    return isWhole ? ((await readJsonFile(folder, ENTRY_PATH)) as unknown as TextModelEntry) : null;
  }

  async function finish(
    folder: WritableFolder,
    { places, ...entry }: Omit<TextModelEntry, "sizeBytes"> & { readonly places: readonly string[] },
  ): Promise<TextModelEntry> {
    const sizes = new Map((await folder.list()).map(({ path, sizeBytes }) => [path, sizeBytes]));
    const sizeBytes = places.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
    const whole: TextModelEntry = { ...entry, sizeBytes };
    await writeText(folder, ENTRY_PATH, JSON.stringify(whole));
    return whole;
  }

  return {
    async list() {
      const entries = await Promise.all((await store.names()).map(entryOf));
      return entries.filter((entry) => entry !== null);
    },
    async add({ origin, dtype }, { signal, emit }) {
      if (origin.from === "files") {
        const picked = findPicked(origin.name, origin.files);
        const id = `${folderName(`files:${origin.name}`)}--${dtype}`;
        const folder = store.folder(id);
        const paths = (await picked.folder.list()).map(({ path }) => path);
        const wanted = wantedOf(picked.files, paths, dtype, `“${origin.name}”`);
        await folder.remove(ENTRY_PATH);
        for (const { path, place } of wanted)
          await copy(picked.folder, path, folder, place, { signal, emit });
        const places = wanted.map(({ place }) => place);
        const { name } = origin;
        return finish(folder, { id, name, repository: null, revision: null, dtype, licence: null, places });
      }
      const access = hub();
      const { repository } = origin;
      const listed = await listRepository(access, repository, { signal, fetchFile });
      const id = `${repository.replace("/", "--")}--${dtype}`;
      const folder = store.folder(id);
      const paths = listed.files.map(({ path }) => path);
      const wanted = wantedOf(findPublished(paths, repository), paths, dtype, repository);
      await folder.remove(ENTRY_PATH);
      for (const { path, place } of wanted) {
        const url = resolveUrl(access, repository, listed.commit, path);
        const file = listed.files.find((one) => one.path === path);
        await downloadFile({
          url,
          headers: hubHeaders(access, url),
          target: folder,
          path: place,
          expected: { sizeBytes: file?.sizeBytes ?? null, sha256: file?.sha256 ?? null },
          signal,
          fetchFile,
          onProgress: ({ doneBytes, totalBytes }) => emit({ file: path, doneBytes, totalBytes }),
        });
      }
      const name = repository.slice(repository.indexOf("/") + 1);
      const places = wanted.map(({ place }) => place);
      const { commit: revision, licence } = listed;
      return finish(folder, { id, name, repository, revision, dtype, licence, places });
    },
    remove: (id) => store.remove(id),
  };
}

/** Files of a whole model by their places in transformers.js' layout. */
export async function readTextModel(
  folder: Folder,
): Promise<Readonly<Record<string, Uint8Array<ArrayBuffer>>>> {
  const contents: Record<string, Uint8Array<ArrayBuffer>> = {};
  for (const { path } of await folder.list()) {
    if (path === ENTRY_PATH || !/\.(?:json|jinja|txt|onnx|onnx_data(?:_\d+)?)$/.test(path)) continue;
    const source = await folder.open(path);
    contents[path] = await source.read(0, source.sizeBytes);
  }
  return contents;
}

function wantedOf(
  files: PublishedFiles,
  paths: readonly string[],
  dtype: Dtype,
  where: string,
): readonly { readonly path: string; readonly place: string }[] {
  if (files.onnx.length === 0)
    throw new SextantError(
      "model/unsupported",
      `${where} has no ONNX export of a language model. Choose one in the layout of transformers.js, with an onnx folder.`,
      { where },
    );
  const small = [...new Set([...files.small, ...BESIDE.filter((path) => paths.includes(path))])];
  return [...small.map((path) => ({ path, place: path })), ...onnxFor(files, dtype, where)];
}

async function copy(
  from: Folder,
  path: string,
  target: WritableFolder,
  place: string,
  { signal, emit }: AddTextContext,
): Promise<void> {
  const source = await from.open(path);
  const sink = await target.create(place);
  const onBytes = (doneBytes: number): void => emit({ file: path, doneBytes, totalBytes: source.sizeBytes });
  try {
    for await (const piece of piecesOf(source, { signal, onBytes })) await sink.write(piece);
  } finally {
    await sink.close();
  }
}

async function writeText(folder: WritableFolder, path: string, text: string): Promise<void> {
  const sink = await folder.create(path);
  try {
    await sink.write(new TextEncoder().encode(text));
  } finally {
    await sink.close();
  }
}
