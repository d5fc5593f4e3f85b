import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createModelLibrary } from "../library/create-model-library.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { weightMemoryBytes, type CatalogEntry } from "./catalog-entry.ts";
import { CATALOG } from "./index.ts";
import { llmEmbedder } from "./llm-embedder.ts";
import { mini } from "./mini.ts";

const byId = new Map(CATALOG.map((entry) => [entry.id, entry]));
const library = () =>
  createModelLibrary({
    store: createMemoryStore(),
    catalog: CATALOG,
    siteUrl: "https://site.example/models/",
    hub: () => ({ endpoint: "https://hub.example", token: null }),
    convert: () => Promise.reject(new Error("not asked to convert")),
    fetchFile: () => Promise.reject(new Error("not asked to fetch")),
  });

test("the models of the paper, PEG, the bundled one and BM25 are there, each once", () => {
  expect(CATALOG.map(({ id }) => id)).toEqual([
    "sextant-mini",
    "llm-embedder",
    "bge-base-en",
    "contriever",
    "retromae",
    "aar-ance",
    "llm-r",
    "api-retriever",
    "peg",
    "bm25",
  ]);
  const repositories = CATALOG.flatMap(({ repository }) => repository ?? []);
  expect(new Set(repositories).size).toBe(8);
});

test.each(CATALOG)("$id: every field is of its kind", (entry) => {
  expect(entry.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  expect(entry.about).toMatch(/^[A-Z].*\.$/);
  for (const sentence of [...entry.unknown, entry.inThePaper ?? "None."])
    expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(entry.licence).not.toBe("");
  if (entry.repository === null) return;
  expect(entry.repository).toMatch(/^[\w-]+\/[\w-]+$/);
  expect(entry.revision).toMatch(/^([0-9a-f]{40}|main)$/);
  if (entry.revision === "main") expect(entry.unknown.join()).toContain("commit");
  expect(entry.dim).toBeGreaterThan(0);
  expect(entry.files[0]?.path).toBe("config.json");
  for (const { path, sizeBytes, sha256 } of entry.files) {
    expect(path).toMatch(/^[\w-]+(\/[\w-]+)*\.\w+$/);
    if (sizeBytes !== null) expect(sizeBytes).toBeGreaterThan(0);
    if (sha256 !== null) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

test("safetensors are preferred to pickles wherever both are published", () => {
  for (const { files } of CATALOG) {
    const weights = files.map(({ path }) => path).filter((path) => /\.(safetensors|bin)$/.test(path));
    expect(weights).toEqual(weights.toSorted());
  }
});

test("weights whose digest nobody here has seen are named as such, and so is an unclear licence", () => {
  for (const { files, unknown, architecture, bundled, obstacle } of CATALOG) {
    if (architecture === "none" || bundled || obstacle) continue;
    const pinned = files.some(({ path, sha256 }) => /\.(safetensors|bin)$/.test(path) && sha256 !== null);
    expect(pinned || unknown.some((sentence) => sentence.includes("digest"))).toBe(true);
  }
  expect(byId.get("peg")?.licence).toContain("unclear");
});

test("PEG's pooling and instructions are marked as assumed", () => {
  expect(byId.get("peg")?.unknown.join("\n")).toMatch(/Pooling:.*assumed[\s\S]*Instructions:/);
});

/** Source: FlagOpen/FlagEmbedding at 7ed43d67, research/llm_embedder/src/retrieval/data.py, TASK_CONFIG["bge"]. */
test("BGE's instruction is upstream's, to the byte", () => {
  expect(byId.get("bge-base-en")?.prefixes).toEqual({
    query: "Represent this sentence for searching relevant passages: ",
    key: "",
  });
});

test("only models trained on LLM-Embedder's instructions get them", () => {
  const withTasks = CATALOG.filter(({ prefixes }) => prefixes === "tasks").map(({ id }) => id);
  expect(withTasks).toEqual(["sextant-mini", "llm-embedder"]);
});

test("the similarities that LLM-Embedder's authors printed are complete", () => {
  const { queries, keys, expected, task } = llmEmbedder.published!;
  expect(task).toBe("qa");
  expect(expected.map((row) => row.length)).toEqual(queries.map(() => keys.length));
});

test("a stored file fits into the memory that is named, on every device", () => {
  const { fp32, q8 } = weightMemoryBytes(llmEmbedder.parameters!);
  expect(fp32.webgpu).toBe(109_482_240 * 8);
  expect(q8).toEqual({ wasm: 109_482_240 * 2, webgpu: 109_482_240 * 5 });
  expect(weightMemoryBytes(7_744_256).q8.wasm).toBeGreaterThan(mini.weights.q8!.sizeBytes);
});

test("every entry is listed for people, the bundled one ready, the others with what they cost", async () => {
  const listed = await library().list();
  expect(listed.map(({ id }) => id)).toEqual(CATALOG.map(({ id }) => id));
  expect(listed[0]).toMatchObject({ bundled: true, variants: [{ dtype: "q8" }] });
  for (const { id, downloadBytes, repository } of listed)
    expect([id, downloadBytes !== null]).toEqual([id, repository !== null]);
  const unlike = listed.filter(({ obstacle, memoryBytes }) => obstacle !== null || memoryBytes === null);
  expect(unlike).toMatchObject([
    { id: "aar-ance", obstacle: expect.stringContaining("decoder"), memoryBytes: null },
  ]);
});

test("what cannot be run is refused before anything is fetched, with the reason", async () => {
  const adding = library().add({ origin: { from: "hub", repository: "OpenMatch/AAR-ANCE" }, dtype: "q8" });
  await expect(adding).rejects.toMatchObject({
    code: "model/unsupported",
    message: expect.stringContaining("decoder"),
  });
});

const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;

function row(entry: CatalogEntry): string {
  const { id, name, repository, architecture, dim, pooling, similarity, languages, licence } = entry;
  const listed = entry.files.find(({ path }) => /\.(safetensors|bin)$/.test(path))?.sizeBytes ?? null;
  const download = entry.bundled ? mini.weights.q8!.sizeBytes : (listed ?? entry.downloadBytes ?? null);
  const inMemory = entry.parameters === null ? null : weightMemoryBytes(entry.parameters).q8.wasm;
  const vector = `${pooling === "cls" ? "CLS" : "mean"}, ${similarity === "cosine" ? "cosine" : "inner product"}`;
  const cells = [
    `\`${id}\``,
    repository === null ? name : `${name}, \`${repository}\``,
    architecture === "none" ? "–" : `${dim}`,
    architecture === "none" ? "–" : entry.obstacle ? "see below" : vector,
    languages.join(", ") || "any",
    download === null ? "–" : megabytes(download),
    inMemory ? megabytes(inMemory) : "–",
    licence,
  ];
  return cells.join(" | ");
}

test("docs/models.md has a row for every model and every sentence about what is not known", async () => {
  const page = await readFile(new URL("../../../docs/models.md", import.meta.url), "utf8");
  const lines = page.split("\n").map((line) => line.replaceAll(/ *\| */g, " | ").replace(/^ \| | \| $/g, ""));
  const flat = page.replaceAll(/\s+/g, " ");
  for (const entry of CATALOG) {
    expect(lines).toContain(row(entry));
    for (const sentence of [...entry.unknown, entry.inThePaper ?? "", entry.obstacle ?? ""])
      expect(flat).toContain(sentence);
  }
});
