import { isTaskId, type FeedbackMark, type Storage, type TaskId } from "../../contract/index.ts";
import { parseAdapter } from "../../train/index.ts";
import { shapeOf } from "../adaptation/training-passages.ts";
import type { Placed } from "./import-vectors.ts";
import { fields, text, whole } from "./manifest.ts";

/** A mark of a hit as a bundle keeps it: its passage by source and place in it. */
export interface BundledMark {
  readonly task: TaskId;
  readonly query: string;
  readonly mark: FeedbackMark["mark"];
  readonly sourceId: number;
  readonly ordinal: number;
}

const MARKS = ["right", "wrong", "pinned"] as const satisfies readonly FeedbackMark["mark"][];

export function parseMark(line: string): BundledMark {
  const record = fields(JSON.parse(line));
  const mark = MARKS.find((known) => known === record["mark"]);
  const task = record["task"];
  if (!mark || !isTaskId(task)) throw new TypeError("unknown mark");
  return {
    task,
    mark,
    query: text(record["query"]),
    sourceId: whole(record["sourceId"], 0),
    ordinal: whole(record["ordinal"], 0),
  };
}

/** The marks of one task, without those whose passage is gone. */
export async function readMarks(
  storage: Storage,
  collectionId: number,
  task: TaskId,
): Promise<BundledMark[]> {
  const marks = await storage.marks({ collectionId, task });
  const ids = [...new Set(marks.map(({ passageId }) => passageId))];
  const passages = new Map((await storage.readPassages({ ids })).map((passage) => [passage.id, passage]));
  return marks.flatMap(({ query, mark, passageId }) => {
    const passage = passages.get(passageId);
    return passage ? [{ task, query, mark, sourceId: passage.sourceId, ordinal: passage.ordinal }] : [];
  });
}

/** Takes marks in where their task has none yet: importing twice brings back nothing that was taken back. */
export async function writeMarks(
  storage: Storage,
  collectionId: number,
  marks: readonly BundledMark[],
  placed: Placed,
): Promise<void> {
  const full = new Set<TaskId>();
  for (const task of new Set(marks.map((mark) => mark.task)))
    if ((await storage.marks({ collectionId, task })).length > 0) full.add(task);
  for (const { task, query, mark, sourceId, ordinal } of marks) {
    const passageId = placed.get(sourceId)?.passageIds[ordinal];
    if (passageId !== undefined && !full.has(task))
      await storage.writeMark({ collectionId, task, query, passageId, mark });
  }
}

/** A passage's reward for a question as a bundle keeps it: its passage by source and place in it. */
export interface BundledReward {
  readonly task: TaskId;
  readonly query: string;
  readonly reward: number;
  readonly sourceId: number;
  readonly ordinal: number;
}

export function parseReward(line: string): BundledReward {
  const record = fields(JSON.parse(line));
  const { task, reward } = record;
  if (!isTaskId(task) || typeof reward !== "number" || !Number.isFinite(reward))
    throw new TypeError("unknown reward");
  const [sourceId, ordinal] = [whole(record["sourceId"], 0), whole(record["ordinal"], 0)];
  return { task, reward, query: text(record["query"]), sourceId, ordinal };
}

/** The rewards of one task. */
export async function readRewards(
  storage: Storage,
  collectionId: number,
  task: TaskId,
): Promise<BundledReward[]> {
  const rewarded = await storage.rewards({ collectionId, task });
  const ids = [...new Set(rewarded.flatMap(({ rewards }) => rewards.map(({ passageId }) => passageId)))];
  const passages = new Map((await storage.readPassages({ ids })).map((passage) => [passage.id, passage]));
  return rewarded.flatMap(({ query, rewards }) =>
    rewards.flatMap(({ passageId, reward }) => {
      const passage = passages.get(passageId);
      return passage ? [{ task, query, reward, sourceId: passage.sourceId, ordinal: passage.ordinal }] : [];
    }),
  );
}

/** Takes rewards in where their task has none yet. */
export async function writeRewards(
  storage: Storage,
  collectionId: number,
  bundled: readonly BundledReward[],
  placed: Placed,
): Promise<void> {
  for (const task of new Set(bundled.map((reward) => reward.task))) {
    if ((await storage.rewards({ collectionId, task })).length > 0) continue;
    const own = bundled.filter((reward) => reward.task === task);
    for (const query of new Set(own.map((reward) => reward.query))) {
      const rewards = own.flatMap(({ reward, sourceId, ordinal, ...rest }) => {
        const passageId = rest.query === query ? placed.get(sourceId)?.passageIds[ordinal] : undefined;
        return passageId === undefined ? [] : [{ passageId, reward }];
      });
      await storage.writeRewards({ collectionId, task, query, rewards });
    }
  }
}

interface Learned {
  readonly report: unknown;
  readonly shape: string;
}

/** An adapter's report and bytes; the report tells whether it knew the collection as it is written. */
export async function readLearned(
  storage: Storage,
  key: { readonly collectionId: number; readonly task: TaskId; readonly modelKey: string },
): Promise<{ readonly report: string; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
  const stored = await storage.readAdapter(key);
  if (!stored) return null;
  const { report, shape } = JSON.parse(stored.report) as Learned;
  const isFresh = shape === (await shapeOf(storage, key));
  return { report: JSON.stringify({ report, isFresh }), bytes: stored.bytes };
}

/** Takes an adapter in where there is none; what cannot be read is left out, and the collection learns anew. */
export async function writeLearned(
  storage: Storage,
  key: { readonly collectionId: number; readonly task: TaskId; readonly modelKey: string },
  learned: { readonly report: string; readonly bytes: Uint8Array<ArrayBuffer> },
): Promise<void> {
  if (parseAdapter(learned.bytes) === null || (await storage.readAdapter(key)) !== null) return;
  const { report, isFresh } = fields(JSON.parse(learned.report));
  const shape = isFresh === true ? await shapeOf(storage, key) : "";
  await storage.writeAdapter({ ...key, bytes: learned.bytes, report: JSON.stringify({ report, shape }) });
}
