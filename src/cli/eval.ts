import { parseArgs } from "node:util";
import {
  ADAPTATION_CHOICES,
  isDtype,
  isTaskId,
  KIND_OF_TASK,
  queryOfText,
  SextantError,
  type Policy,
  type SearchFilter,
  type SearchMode,
  type SearchRequest,
  type TaskId,
} from "../contract/index.ts";
import { evaluateRun } from "../metrics/index.ts";
import { readBeir, toDraft, type BeirPassage, type BeirQuery, type BeirSet } from "./beir.ts";
import { DEFAULT_CACHE, openChosenEngine } from "./chosen-engine.ts";
import { createOwnEmbedder } from "./embedders.ts";
import { openNodeEngine, type NodeEngine } from "./node-engine.ts";
import { keepCollection, readKept } from "./kept-collection.ts";
import { createReport } from "./report.ts";
import { evaluateTable } from "./site/evaluate-table.ts";
import { SITE_DIM } from "./site/make-index.ts";

export const usage =
  "eval --beir <folder> --task <task> [--encoder model|site-table] [--model <folder|id> --dtype <dtype>] [--modes semantic,keywords,hybrid] [--policy use|paper] [--fusion convex|reciprocal-rank] [--adapt off,on,auto] [--keep <file>] [--json]";

const MODES = ["semantic", "keywords", "hybrid"] as const satisfies readonly SearchMode[];

/** Measures semantic, keyword and hybrid search on a judged set, with the engine that the app runs. */
export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      beir: { type: "string" },
      task: { type: "string", default: "qa" },
      policy: { type: "string", default: "use" },
      fusion: { type: "string", default: "convex" },
      model: { type: "string" },
      dtype: { type: "string", default: "q8" },
      cache: { type: "string", default: DEFAULT_CACHE },
      modes: { type: "string", default: MODES.join(",") },
      adapt: { type: "string", default: "off" },
      keep: { type: "string" },
      encoder: { type: "string", default: "model" },
      json: { type: "boolean", default: false },
    },
  });
  const { beir, task, policy, fusion, model: chosen, dtype, cache } = values;
  const names = values.modes.split(",");
  const modes = MODES.filter((mode) => names.includes(mode));
  const asked = values.adapt.split(",");
  const choices = ADAPTATION_CHOICES.filter((choice) => asked.includes(choice));
  if (
    !beir ||
    !isDtype(dtype) ||
    !isTaskId(task) ||
    modes.length !== names.length ||
    choices.length !== asked.length ||
    (policy !== "use" && policy !== "paper") ||
    (values.encoder !== "model" && values.encoder !== "site-table") ||
    (fusion !== "convex" && fusion !== "reciprocal-rank")
  )
    throw new SextantError("engine/invalid-input", `Usage: sextant ${usage}`);

  const set = await readBeir(beir);
  const { progress: onProgress, end } = createReport(process.stderr);
  const engine = await (chosen === undefined
    ? openNodeEngine()
    : openChosenEngine({ model: chosen, dtype, cache, onProgress }));
  end();
  if (values.encoder === "site-table") {
    const line = await measureTable(engine, set, cache);
    console.log(JSON.stringify(line, null, values.json ? 0 : 2));
    await engine.close();
    return;
  }
  const indexed = await indexSet(engine, set, { task, policy, quiet: values.json, keep: values.keep });
  const { model, device } = await engine.face.status({});
  const place = { collectionId: indexed.collectionId, task };
  const learned = choices.some((choice) => choice !== "off") ? await engine.face.adapt(place) : null;
  const lines: object[] = [];
  for (const choice of choices) {
    await engine.face.setAdaptation({ ...place, choice });
    const measures: Partial<Record<SearchMode, object>> = {};
    let queries = 0;
    for (const mode of modes) {
      const result = evaluateRun(
        set.qrels,
        await searchAll(engine, set, indexed, { task, mode, fusion, policy }),
      );
      queries = result.queries;
      measures[mode] = measuresOf(result);
    }
    const adaptation = choice === "off" ? {} : { adaptation: learned?.report };
    lines.push({
      task,
      model: model.id,
      dtype: device.dtype,
      queries,
      adapt: choice,
      ...measures,
      ...adaptation,
    });
  }
  await engine.close();
  for (const line of lines) console.log(JSON.stringify(line, null, values.json ? 0 : 2));
}

/** The query table that a documentation site of these passages would have. */
async function measureTable({ face }: NodeEngine, set: BeirSet, cache: string): Promise<object> {
  const { model } = await face.status({});
  const {
    table,
    model: full,
    ...about
  } = await evaluateTable(set, {
    engine: face,
    embedders: createOwnEmbedder(face, "qa"),
    model: { ...model, languages: [] },
    dim: SITE_DIM,
    cache,
    signal: new AbortController().signal,
    report: createReport(process.stderr),
  });
  return { task: "qa", model: model.id, ...about, table: measuresOf(table), fullModel: measuresOf(full) };
}

function measuresOf(result: ReturnType<typeof evaluateRun>) {
  return {
    "ndcg@10": round(result.ndcg),
    "recall@10": round(result.recall),
    "cappedRecall@10": round(result.cappedRecall),
    "mrr@10": round(result.mrr),
  };
}

/** The ten best passages of each query, by query. */
async function searchAll(
  engine: NodeEngine,
  set: BeirSet,
  indexed: Indexed,
  { task, ...how }: Pick<SearchRequest, "mode" | "fusion" | "policy"> & { readonly task: TaskId },
): Promise<Map<string, string[]>> {
  const run = new Map<string, string[]>();
  for (const query of set.queries) {
    const { hits } = await engine.face.search({
      collectionIds: [indexed.collectionId],
      query: queryOfText(task, query.text),
      ...how,
      limit: 10,
      filter: filterFor(task, query, indexed),
    });
    run.set(
      query.id,
      hits.map(({ passage }) => indexed.beirIdOf(passage)),
    );
  }
  return run;
}

interface Indexed {
  readonly collectionId: number;
  beirIdOf(passage: { readonly sourceId: number; readonly ordinal: number }): string;
  /** Stored id of a BEIR passage. */
  readonly storedIds: ReadonlyMap<string, number>;
  /** A group's source and its passages in order. */
  readonly groups: ReadonlyMap<
    string,
    { readonly sourceId: number; readonly passages: readonly BeirPassage[] }
  >;
}

interface IndexOptions {
  readonly task: TaskId;
  readonly policy: Policy;
  readonly quiet: boolean;
  /** A bundle that the indexed set is read from where it is there, and written to where it is not. */
  readonly keep: string | undefined;
}

/** Stores each group as one source, ordered by session and position, and embeds it under the task. */
async function indexSet(
  engine: NodeEngine,
  set: BeirSet,
  { task, policy, quiet, keep }: IndexOptions,
): Promise<Indexed> {
  const { face } = engine;
  const keptId = keep === undefined ? null : await readKept(face, keep);
  const collectionId = keptId ?? (await face.createCollection({ name: "eval", kind: KIND_OF_TASK[task] })).id;
  await face.setAdaptation({ collectionId, task, choice: "off" });
  const byGroup = new Map<string, BeirPassage[]>();
  for (const passage of set.passages) {
    const members = byGroup.get(passage.group) ?? [];
    byGroup.set(passage.group, members);
    members.push(passage);
  }
  const groups = new Map<string, { sourceId: number; passages: readonly BeirPassage[] }>();
  const kept = new Map((await face.sources({ collectionId })).map(({ name, id }) => [name, id]));
  for (const [group, members] of byGroup) {
    const passages = members.toSorted((a, b) => a.session - b.session || a.position - b.position);
    let at = 0;
    const drafts = passages.map((passage) => {
      const draft = toDraft(passage, at);
      at = draft.endUtf16 + 1;
      return draft;
    });
    const name = `beir/${group}`;
    const sourceId = kept.get(name) ?? (await engine.addPassages(collectionId, name, "beir/1", drafts)).id;
    groups.set(group, { sourceId, passages });
  }
  await face.index(
    { collectionId, task, policy },
    {
      onEvent: ({ donePassages, totalPassages, passagesPerSecond }) => {
        if (!quiet)
          process.stderr.write(
            `\r${donePassages}/${totalPassages} passages, ${passagesPerSecond.toFixed(0)}/s `,
          );
      },
    },
  );
  if (keep !== undefined && keptId === null) await keepCollection(face, collectionId, keep);
  const bySource = new Map([...groups.values()].map(({ sourceId, passages }) => [sourceId, passages]));
  const beirIdOf: Indexed["beirIdOf"] = ({ sourceId, ordinal }) =>
    bySource.get(sourceId)?.[ordinal]?.id ?? "";
  const storedIds = new Map<string, number>();
  if (set.queries.some(({ exclude }) => exclude !== null)) {
    const limit = set.passages.length;
    const { passages } = await face.passages({ collectionId, offset: 0, limit });
    for (const passage of passages) storedIds.set(beirIdOf(passage), passage.id);
  }
  return { collectionId, beirIdOf, storedIds, groups };
}

/** chat and lrlm search their own group, and there only what came before (lrlm: at least three chunks before). */
function filterFor(task: TaskId, query: BeirQuery, { groups, storedIds }: Indexed): SearchFilter {
  const excludeId = query.exclude === null ? undefined : storedIds.get(query.exclude);
  if (excludeId !== undefined) return { excludeId };
  const group = groups.get(query.group);
  if ((task !== "chat" && task !== "lrlm") || !group) return {};
  const before = ({ session, position }: BeirPassage): boolean =>
    task === "lrlm"
      ? position <= query.position - 3
      : session < query.session || (session === query.session && position < query.position);
  return { sourceIds: [group.sourceId], beforeOrdinal: group.passages.filter(before).length };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
