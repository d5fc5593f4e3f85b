/**
 * Writes the database and the bundle that an older release makes of a few files, and what it answers from them. Run in
 * a checkout of that release that has today's node_modules:
 *
 *     npx tsx <today's checkout>/tools/golden/older-release.ts <today's checkout>/src/engine/golden
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const FILES = [
  {
    name: "harbour.md",
    content: "# Mooring\n\nThe café lends ropes.\n\n# Tides\n\nHigh water comes twice a day.\n",
  },
  { name: "tea.txt", content: "绿茶用八十度的水泡两分钟。 Green tea takes two minutes." },
];
const TOOLS = JSON.stringify([{ name: "brew", description: "Brews tea", parameters: { type: "object" } }]);
const QUESTIONS = ["when is high water", "cafe", "绿茶"];
const MODEL_KEY = "fake@1/fp32";

const load = (path: string): Promise<unknown> => import(pathToFileURL(resolve("src", path)).href);
const { loadSqlite } = (await load("storage/sqlite.ts")) as typeof import("../../src/storage/sqlite.ts");
const { createDatabase } = (await load("storage/database.ts")) as typeof import("../../src/storage/database.ts");
const { configure } = (await load("storage/tables/file.ts")) as typeof import("../../src/storage/tables/file.ts");
const { migrate } = (await load("storage/migrate.ts")) as typeof import("../../src/storage/migrate.ts");
const { MIGRATIONS } = (await load(
  "storage/migrations/index.ts",
)) as typeof import("../../src/storage/migrations/index.ts");
const { createHandlers } = (await load("storage/handlers.ts")) as typeof import("../../src/storage/handlers.ts");
const { direct } = (await load("boundary/index.ts")) as typeof import("../../src/boundary/index.ts");
const { createLocalEngine } = (await load(
  "engine/local-engine.ts",
)) as typeof import("../../src/engine/local-engine.ts");
const { createFakeModel } = (await load(
  "engine/testing/fake-model.ts",
)) as typeof import("../../src/engine/testing/fake-model.ts");

const sqlite = await loadSqlite();
const connection = new sqlite.api.oo1.DB(":memory:");
const database = createDatabase(sqlite, connection);
configure(database);
migrate(database, MIGRATIONS);
const storageHandlers = createHandlers({ database, durable: false, where: "memory", close: () => undefined });
const storage = direct(storageHandlers);
const model = createFakeModel();
const { handlers } = createLocalEngine({ storage, model });
const engine = direct(handlers);

const harbour = await engine.createCollection({ name: "Harbour", kind: "document" });
const { added } = await engine.add({ collectionId: harbour.id, files: FILES });
if ("tagSource" in handlers) await engine.tagSource({ sourceId: added[1]?.id ?? -1, tags: ["tea"] });
await engine.index({ collectionId: harbour.id, task: "qa" });
const tools = await engine.createCollection({ name: "Tools", kind: "tool" });
await engine.add({ collectionId: tools.id, files: [{ name: "tools.json", content: TOOLS }] });
await engine.index({ collectionId: tools.id, task: "tool" });

const place = { collectionId: harbour.id, task: "qa" } as const;
const { passages } = await engine.passages({ collectionId: harbour.id, offset: 0, limit: 100 });
const [passage] = passages;
if (!passage) throw new Error("This release made no passage.");
const query = QUESTIONS[0] ?? "";
if ("feedback" in handlers) await engine.feedback({ ...place, query, passageId: passage.id, mark: "right" });
if ("writeAdapter" in storageHandlers) {
  const { formatAdapter } = (await load("train/index.ts")) as typeof import("../../src/train/index.ts");
  const table = { dim: 2048, rowByWord: new Map([["tea", 0]]), vectors: new Float32Array(2048).fill(0.5) };
  const bytes = await formatAdapter({ table, linear: null, winner: "table", part: 0.5 });
  const report = JSON.stringify({ report: { winner: "table", part: 0.5 }, shape: "3" });
  await storage.writeAdapter({ ...place, modelKey: MODEL_KEY, report, bytes });
}
if ("writeRewards" in storageHandlers)
  await storage.writeRewards({ ...place, query, rewards: [{ passageId: passage.id, reward: 0.5 }] });
if ("saveAnswer" in storageHandlers) {
  const { id: passageId, sourceId, title, text, startUtf16, endUtf16 } = passage;
  const source = { passageId, sourceId, sourceName: "harbour.md", title, text, startUtf16, endUtf16 };
  const asked = { query: { task: "qa", question: query }, preset: "practical", model: "tiny" } as const;
  const messages = [{ role: "user", content: query }] as const;
  const record = { ...asked, messages, functions: [], sources: [source], text: "Twice [1].", calls: [] };
  await storage.saveAnswer({ savedAt: "2026-11-21T00:00:00Z", record: { ...record, check: null, isPart: false } });
}

/** The texts that a question finds, best first. */
async function find(question: string, mode: "keywords" | "semantic"): Promise<readonly string[]> {
  const settings = { mode, fusion: "convex", policy: "use", limit: 3 } as const;
  const asked = { ...settings, query: { task: "qa", question } as const, collectionIds: [harbour.id] };
  // As releases with one collection a search called it.
  const { hits } = await engine.search({ ...asked, ...{ collectionId: harbour.id } });
  return hits.map((hit) => hit.passage.text);
}

const found = [];
for (const question of QUESTIONS)
  found.push({
    question,
    words: await find(question, "keywords"),
    meaning: await find(question, "semantic"),
  });

const parts: Uint8Array[] = [];
if ("exportBundle" in handlers)
  await engine.exportBundle(
    {},
    { onEvent: (event) => event.type === "bytes" && parts.push(new Uint8Array(event.bytes)) },
  );

const schema = MIGRATIONS.length;
const folder = resolve(process.argv[2] ?? ".", `schema-${schema}`);
mkdirSync(folder, { recursive: true });
const bytes = sqlite.api.capi.sqlite3_js_db_export(connection);
writeFileSync(join(folder, "database.sqlite3.gz"), gzipSync(bytes, { level: 9 }));
if (parts.length > 0) writeFileSync(join(folder, "everything.sextant.gz"), gzipSync(Buffer.concat(parts), { level: 9 }));
const commit = execFileSync("git", ["log", "-1", "--format=%H %cs"], { encoding: "utf8" }).trim().split(" ");
const said = {
  "made-by": { tool: "tools/golden/older-release.ts", commit: commit[0], date: commit[1], licence: "MIT" },
  schema,
  passages: passages.map(({ title, text }) => ({ title, text })),
  found,
  has: {
    tags: "tagSource" in handlers,
    marks: "feedback" in handlers,
    adapters: "writeAdapter" in storageHandlers,
    rewards: "writeRewards" in storageHandlers,
    answers: "saveAnswer" in storageHandlers,
  },
};
writeFileSync(join(folder, "made-by.json"), `${JSON.stringify(said, null, 2)}\n`);
console.log(`${folder}: ${passages.length} passages`);
