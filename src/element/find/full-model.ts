import { SextantError, type Sextant } from "../../contract/index.ts";
import type { EncodeQuestion } from "./finder.ts";

interface Library {
  openSextant(options: { readonly modelsUrl: string }): Promise<Sextant>;
}

/**
 * Starts the full model from a folder that holds Sextant's library and its `models/`.
 *
 * Throws: `site/file` where the folder holds none, `site/entry` where its model is not the one that made the index.
 */
export async function openFullModel(libraryUrl: URL, model: string): Promise<EncodeQuestion> {
  let library: Library;
  try {
    library = (await import(/* @vite-ignore */ new URL("index.js", libraryUrl).href)) as Library;
  } catch (error) {
    throw new SextantError(
      "site/file",
      `${libraryUrl.pathname} holds no library. Run \`sextant index --full-model\` and upload all of it.`,
      {},
      error,
    );
  }
  const sextant = await library.openSextant({ modelsUrl: new URL("models/", libraryUrl).href });
  try {
    return await encodeBy(sextant, model);
  } catch (error) {
    await sextant.close();
    throw error;
  }
}

async function encodeBy({ engine }: Sextant, model: string): Promise<EncodeQuestion> {
  const { id } = (await engine.status({})).model;
  if (id !== model)
    throw new SextantError(
      "site/entry",
      `The index was made by ${model}, and the model here is ${id}. Build the index with \`--model ${id}\`.`,
    );
  const encode: EncodeQuestion = async (question, signal) => {
    const { vectors } = await engine.embed({ task: "qa", side: "query", texts: [question] }, { signal });
    return vectors;
  };
  // The first run compiles; a question should not wait for it.
  await encode("warm", new AbortController().signal);
  return encode;
}

/** The parts of `navigator.connection` that say whether a download may be unwelcome. */
interface Connection {
  readonly saveData?: boolean;
  readonly type?: string;
  readonly effectiveType?: string;
}

/** Nobody pays for it by the byte, as far as the browser says. */
export function isUnmetered(connection: Connection | undefined): boolean {
  if (!connection) return true;
  const { saveData = false, type = "", effectiveType = "4g" } = connection;
  return !saveData && type !== "cellular" && effectiveType === "4g";
}
