import {
  SextantError,
  type AddModelProgress,
  type AddModelRequest,
  type CallOptions,
  type Dtype,
  type EngineStatus,
  type HubSettings,
  type MemoryBytes,
  type ModelCheck,
  type ModelChoice,
  type ModelDescription,
  type ModelEntry,
} from "../../../contract/index.ts";

const BERT: Omit<ModelDescription, "id" | "name" | "repository"> = {
  revision: "main",
  architecture: "bert",
  dim: 768,
  maxTokens: 512,
  pooling: "cls",
  similarity: "cosine",
  prefixes: "tasks",
  languages: ["en"],
  licence: "MIT",
  unknown: [],
};

const MEMORY: MemoryBytes = {
  fp32: { wasm: 876_000_000, webgpu: 876_000_000 },
  fp16: { wasm: 657_000_000, webgpu: 657_000_000 },
  q8: { wasm: 219_000_000, webgpu: 547_000_000 },
  q4: { wasm: 506_000_000, webgpu: 506_000_000 },
};

const variant = (dtype: Dtype, sizeBytes: number) => ({ dtype, sizeBytes, sha256: dtype.padEnd(64, "0") });

/** A catalog in which every state of a model occurs once. */
export const FAKE_MODELS: readonly ModelEntry[] = [
  {
    ...BERT,
    id: "mini",
    name: "Sextant mini",
    repository: null,
    revision: null,
    dim: 384,
    pooling: "mean",
    bundled: true,
    about: "Comes with Sextant and is ready at once.",
    downloadBytes: null,
    memoryBytes: null,
    obstacle: null,
    variants: [variant("q8", 8_003_632)],
    original: null,
  },
  {
    ...BERT,
    id: "llm-embedder",
    name: "LLM-Embedder",
    repository: "BAAI/llm-embedder",
    bundled: false,
    about: "The model of the paper: one embedder for all six tasks.",
    downloadBytes: 437_955_512,
    memoryBytes: MEMORY,
    obstacle: null,
    variants: [],
    original: null,
  },
  {
    ...BERT,
    id: "peg",
    name: "PEG",
    repository: "TownsWu/PEG",
    dim: 1024,
    languages: ["zh"],
    licence: "not stated",
    unknown: ["Its licence: the page of the model states none."],
    prefixes: { query: "", key: "" },
    bundled: false,
    about: "For Chinese texts.",
    downloadBytes: 651_000_000,
    memoryBytes: MEMORY,
    obstacle: null,
    variants: [],
    original: { doneBytes: 130_200_000, totalBytes: 651_000_000 },
  },
  {
    ...BERT,
    id: "contriever",
    name: "Contriever",
    repository: "facebook/contriever",
    pooling: "mean",
    similarity: "inner-product",
    prefixes: { query: "", key: "" },
    licence: "CC-BY-NC 4.0",
    bundled: false,
    about: "A baseline of the paper, trained without labels.",
    downloadBytes: 438_000_000,
    memoryBytes: MEMORY,
    obstacle: null,
    variants: [variant("q8", 110_300_000), variant("fp32", 438_000_000)],
    original: { doneBytes: 438_000_000, totalBytes: 438_000_000 },
  },
  {
    ...BERT,
    id: "aar-ance",
    name: "AAR (ANCE)",
    repository: "OpenMatch/AAR-ANCE",
    architecture: "other",
    licence: "",
    bundled: false,
    about: "A baseline of the paper, listed for completeness.",
    downloadBytes: 892_000_000,
    memoryBytes: null,
    obstacle: "It is a T5 whose vector comes out of its decoder.",
    variants: [],
    original: null,
  },
  {
    ...BERT,
    id: "bm25",
    name: "BM25",
    repository: null,
    revision: null,
    architecture: "none",
    dim: 0,
    maxTokens: null,
    prefixes: { query: "", key: "" },
    languages: [],
    licence: "none needed",
    bundled: true,
    about: "Words only, without a model: the baseline of every comparison.",
    downloadBytes: null,
    memoryBytes: null,
    obstacle: null,
    variants: [],
    original: null,
  },
];

/** What a check on a good device finds. */
export const FAKE_CHECK: ModelCheck = {
  texts: [
    { lengthTokens: 16, cosine: 0.99981 },
    { lengthTokens: 64, cosine: 0.99976 },
    { lengthTokens: 256, cosine: 0.99968 },
  ],
  lowestCosine: 0.99968,
  leastCosine: 0.999,
  published: null,
};

/** Turns of the fake models that a test decides about. */
export interface FakeModels {
  entries: readonly ModelEntry[];
  /** What `checkModel` answers. */
  check: ModelCheck;
  /** Every request that came, with the files' paths only. */
  readonly requests: AddModelRequest[];
  /** Lets `addModel` wait halfway until the returned function is called. */
  holdAdding(): () => void;
}

/** The calls about models, over the entries above. */
export function createFakeModels(statusOf: () => EngineStatus) {
  let hub: HubSettings = { endpoint: "https://huggingface.co", hasToken: false };
  let gate: Promise<void> = Promise.resolve();
  const models: FakeModels = {
    entries: FAKE_MODELS,
    check: FAKE_CHECK,
    requests: [],
    holdAdding() {
      let open: () => void = () => undefined;
      gate = new Promise((resolve) => (open = resolve));
      return open;
    },
  };

  const change = (modelId: string, patch: (entry: ModelEntry) => ModelEntry): void => {
    models.entries = models.entries.map((entry) => (entry.id === modelId ? patch(entry) : entry));
  };

  function entryOf({ origin }: AddModelRequest): ModelEntry {
    const found = models.entries.find(
      (entry) =>
        (origin.from === "list" && entry.id === origin.modelId) ||
        (origin.from === "hub" && entry.repository === origin.repository) ||
        (origin.from === "site" && entry.id === origin.id),
    );
    if (found) return found;
    if (origin.from === "list")
      throw new SextantError("model/not-found", "No model of this name is known. Choose another.");
    const name =
      origin.from === "hub"
        ? origin.repository.slice(origin.repository.indexOf("/") + 1)
        : origin.from === "site"
          ? origin.id
          : origin.name;
    const repository = origin.from === "hub" ? origin.repository : null;
    const own = {
      id: name,
      name,
      repository,
      bundled: false,
      about: "Added by you.",
      downloadBytes: 1_000_000,
      memoryBytes: null,
      obstacle: null,
    };
    const made: ModelEntry = { ...BERT, ...own, variants: [], original: null };
    models.entries = [...models.entries, made];
    return made;
  }

  return {
    models,
    list: () => models.entries,
    async add(
      request: AddModelRequest,
      { signal, onEvent }: CallOptions<AddModelProgress>,
    ): Promise<ModelChoice> {
      models.requests.push(request);
      const { dtype } = request;
      const { id, downloadBytes } = entryOf(request);
      const totalBytes = downloadBytes ?? 1_000_000;
      const half = Math.floor(totalBytes / 2);
      const file = "model.safetensors";
      const none = { bytesPerSecond: null, secondsLeft: null };
      onEvent?.({
        phase: "download",
        file,
        doneBytes: half,
        totalBytes,
        bytesPerSecond: 9_400_000,
        secondsLeft: 23,
      });
      await gate;
      if (signal?.aborted) {
        change(id, (entry) => ({ ...entry, original: { doneBytes: half, totalBytes } }));
        throw new SextantError("base/aborted", "Stopped.");
      }
      onEvent?.({ phase: "convert", file, doneBytes: totalBytes, totalBytes, ...none });
      change(id, (entry) => ({
        ...entry,
        original: { doneBytes: totalBytes, totalBytes },
        variants: [...entry.variants.filter((one) => one.dtype !== dtype), variant(dtype, half)],
      }));
      return { modelId: id, dtype };
    },
    choose({ modelId, dtype }: ModelChoice): EngineStatus {
      const entry = models.entries.find(({ id }) => id === modelId);
      const stored = entry?.variants.find((one) => one.dtype === dtype);
      if (!entry || (!stored && entry.architecture !== "none"))
        throw new SextantError(
          "model/not-found",
          "This model is not on this device. Get it, or choose another.",
        );
      const status = statusOf();
      const { id, name, similarity, prefixes, licence, languages } = entry;
      const own = { id, name, similarity, prefixes, licence, languages, key: `${id}@1/${dtype}` };
      return {
        ...status,
        model: {
          ...own,
          dim: entry.dim ?? 0,
          maxTokens: entry.maxTokens ?? 512,
          sizeBytes: stored?.sizeBytes ?? 0,
        },
        device: { ...status.device, dtype },
      };
    },
    remove({ modelId, what }: { readonly modelId: string; readonly what?: Dtype | "original" }): void {
      change(modelId, (entry) => ({
        ...entry,
        original: what === undefined || what === "original" ? null : entry.original,
        variants: entry.variants.filter(({ dtype }) => what !== undefined && dtype !== what),
      }));
    },
    hub({
      endpoint = hub.endpoint,
      token,
    }: {
      readonly endpoint?: string;
      readonly token?: string;
    }): HubSettings {
      hub = { endpoint, hasToken: token === undefined ? hub.hasToken : token !== "" };
      return hub;
    },
  };
}
