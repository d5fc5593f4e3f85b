import { readFileSync, readdirSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { direct } from "../boundary/index.ts";
import type { Engine, Storage, StorageCalls } from "../contract/index.ts";
import { MIGRATIONS } from "../storage/migrations/index.ts";
import { openStorage, type OpenStorage } from "../storage/index.ts";
import { openBytes } from "../storage/testing/open-bytes.ts";
import { createLocalEngine } from "./local-engine.ts";
import { LATER, createFakeModel } from "./testing/fake-model.ts";

/** What a release of that schema said of its own data: tools/golden/older-release.ts. */
interface Release {
  readonly schema: number;
  readonly passages: readonly { readonly title: string; readonly text: string }[];
  readonly found: readonly {
    readonly question: string;
    readonly words: readonly string[];
    readonly meaning: readonly string[];
  }[];
  readonly has: Readonly<Record<"tags" | "marks" | "adapters" | "rewards" | "answers", boolean>>;
}

const FOLDER = new URL("golden/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, FOLDER));
const NAMES = readdirSync(FOLDER);
const releaseOf = (name: string) => JSON.parse(read(`${name}/made-by.json`).toString()) as Release;

const opened: OpenStorage[] = [];
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close();
});

interface Machine {
  readonly storage: Storage;
  readonly engine: Engine;
}

function machineOver(open: OpenStorage): Machine {
  opened.push(open);
  const storage = direct<StorageCalls>(open.handlers, open.close);
  return {
    storage,
    engine: direct(createLocalEngine({ storage, model: createFakeModel(), adaptation: LATER }).handlers),
  };
}

async function expectWhole({ engine, storage }: Machine, { passages, found, has }: Release) {
  const [harbour, tools] = await engine.collections({});
  expect([harbour?.name, tools?.name]).toEqual(["Harbour", "Tools"]);
  const collectionId = harbour?.id ?? -1;
  const place = { collectionId, task: "qa" } as const;
  const kept = (await engine.passages({ collectionId, offset: 0, limit: 100 })).passages;
  expect(kept.map(({ title, text }) => ({ title, text }))).toEqual(passages);

  const asked = { collectionIds: [collectionId], fusion: "convex", policy: "use", limit: 3 } as const;
  for (const { question, words, meaning } of found)
    for (const [mode, texts] of [["keywords", words] as const, ["semantic", meaning] as const]) {
      const { hits } = await engine.search({ ...asked, mode, query: { task: "qa", question } });
      expect(
        hits.map(({ passage }) => passage.text),
        `${question}, ${mode}`,
      ).toEqual(texts);
    }
  expect(await engine.index(place)).toMatchObject({ embedded: 0 });
  expect(await engine.index({ collectionId: tools?.id ?? -1, task: "tool" })).toMatchObject({ embedded: 0 });

  const sources = await engine.sources({ collectionId });
  expect(sources.map(({ name, tags }) => [name, tags])).toEqual([
    ["harbour.md", []],
    ["tea.txt", has.tags ? ["tea"] : []],
  ]);
  const passageId = kept[0]?.id;
  const query = found[0]?.question;
  expect(await storage.marks(place)).toMatchObject(has.marks ? [{ query, passageId, mark: "right" }] : []);
  expect(await storage.rewards(place)).toEqual(
    has.rewards ? [{ query, rewards: [{ passageId, reward: 0.5 }] }] : [],
  );
  const learned = has.adapters
    ? { state: "ready", report: { winner: "table" }, inUse: "table" }
    : { report: null };
  expect(await engine.adaptation(place)).toMatchObject(learned);
  const answers = await engine.savedAnswers({});
  expect(answers.map(({ record }) => record.text)).toEqual(has.answers ? ["Twice [1]."] : []);
}

test("there is one of each schema that was released; the third never was without the fourth", () => {
  const schemas = NAMES.map((name) => releaseOf(name).schema).toSorted((a, b) => a - b);
  expect(schemas, "tools/golden/older-release.ts writes the one that is missing").toEqual(
    MIGRATIONS.map(({ version }) => version).filter(
      (version) => version !== 3 && version < MIGRATIONS.length,
    ),
  );
});

test.each(NAMES)(
  "a database as %s left it opens with all that is in it, and answers as it did",
  async (name) => {
    const machine = machineOver(await openBytes(gunzipSync(read(`${name}/database.sqlite3.gz`))));
    await expectWhole(machine, releaseOf(name));
  },
);

test.each(NAMES.filter((name) => name !== "schema-1"))(
  "a backup as %s wrote it is read with all that it holds, and answers as it did",
  async (name) => {
    const machine = machineOver(await openStorage({ where: { kind: "memory" } }));
    const bytes = gunzipSync(read(`${name}/everything.sextant.gz`));
    const file = new Blob([bytes]);
    const holds = (path: string) => bytes.includes(path);
    const report = await machine.engine.importBundle({ file });
    expect(report.refused).toEqual([]);
    const release = releaseOf(name);
    const has = {
      ...release.has,
      marks: holds("/marks.jsonl"),
      adapters: holds(".adapter"),
      rewards: holds("/rewards.jsonl"),
      answers: holds("answers.jsonl"),
    };
    await expectWhole(machine, { ...release, has });
  },
);
