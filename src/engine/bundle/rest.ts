import {
  ADAPTATION_CHOICES,
  isTaskId,
  KIND_OF_TASK,
  TASK_IDS,
  type AdaptationChoice,
  type AnswerRecord,
  type AnswerSource,
  type Collection,
  type PromptPreset,
  type SavedAnswer,
  type Storage,
  type TaskId,
  type TaskQuery,
} from "../../contract/index.ts";
import { readChoice, writeChoice } from "../adaptation/choice.ts";
import type { Placed } from "./import-vectors.ts";
import { fields, list, text, whole } from "./manifest.ts";

/** What a person chose, beside the collections. Addresses of servers and tokens are not among it. */
export interface BundledChoices {
  /** By the collection's place in the bundle. */
  readonly adaptation: readonly {
    readonly collection: number;
    readonly task: TaskId;
    readonly choice: AdaptationChoice;
  }[];
  /** The page's own, by name. */
  readonly preferences: Readonly<Record<string, string>>;
}

/** An answer as a bundle keeps it. */
export type BundledAnswer = Pick<SavedAnswer, "savedAt" | "record">;

export async function readChoices(
  storage: Storage,
  collections: readonly Collection[],
  preferences: Readonly<Record<string, string>>,
): Promise<BundledChoices> {
  const adaptation: BundledChoices["adaptation"][number][] = [];
  for (const [collection, { id: collectionId, kind }] of collections.entries())
    for (const task of TASK_IDS) {
      if (KIND_OF_TASK[task] !== kind) continue;
      const choice = await readChoice(storage, { collectionId, task });
      if (choice !== "auto") adaptation.push({ collection, task, choice });
    }
  return { adaptation, preferences };
}

export function parseChoices(json: string): BundledChoices {
  const { adaptation, preferences } = fields(JSON.parse(json));
  return {
    adaptation: list(adaptation).map((value) => {
      const { collection, task, choice: named } = fields(value);
      const choice = ADAPTATION_CHOICES.find((known) => known === named);
      if (!isTaskId(task) || !choice) throw new TypeError("unknown choice");
      return { collection: whole(collection, 0), task, choice };
    }),
    preferences: Object.fromEntries(
      Object.entries(fields(preferences)).map(([name, value]) => [name, text(value)]),
    ),
  };
}

/** Takes choices over for the collections that came with them; `collectionIds` by place. */
export async function writeChoices(
  storage: Storage,
  { adaptation }: BundledChoices,
  collectionIds: readonly number[],
): Promise<void> {
  for (const { collection, task, choice } of adaptation) {
    const collectionId = collectionIds[collection];
    if (collectionId !== undefined && (await readChoice(storage, { collectionId, task })) === "auto")
      await writeChoice(storage, { collectionId, task }, choice);
  }
}

const PRESETS = ["paper", "practical"] as const satisfies readonly PromptPreset[];
const ROLES = ["system", "user", "assistant"] as const;

/** What was found for its sentences is left out: it can be worked out again, and names passages by other ids. */
export function parseAnswer(line: string): BundledAnswer {
  const { savedAt, record } = fields(JSON.parse(line));
  const answer = fields(record);
  const query = fields(answer["query"]);
  const preset = PRESETS.find((known) => known === answer["preset"]);
  if (!isTaskId(query["task"]) || !preset) throw new TypeError("unknown question");
  return {
    savedAt: text(savedAt),
    record: {
      query: query as unknown as TaskQuery,
      preset,
      model: text(answer["model"]),
      messages: list(answer["messages"]).map((value) => {
        const { role: named, content } = fields(value);
        const role = ROLES.find((known) => known === named);
        if (!role) throw new TypeError("unknown role");
        return { role, content: text(content) };
      }),
      functions: list(answer["functions"]).map(fields) as unknown as AnswerRecord["functions"],
      sources: list(answer["sources"]).map(parseSource),
      text: text(answer["text"]),
      calls: list(answer["calls"]).map((value) => {
        const call = fields(value);
        return { name: text(call["name"]), arguments: text(call["arguments"]) };
      }),
      check: null,
      isPart: answer["isPart"] === true,
    },
  };
}

function parseSource(value: unknown): AnswerSource {
  const source = fields(value);
  return {
    passageId: whole(source["passageId"], -1),
    sourceId: whole(source["sourceId"], -1),
    sourceName: text(source["sourceName"]),
    title: text(source["title"]),
    text: text(source["text"]),
    startUtf16: whole(source["startUtf16"], 0),
    endUtf16: whole(source["endUtf16"], 0),
  };
}

/** Keeps answers that are not here yet; their sources lead to those that came with them. */
export async function writeAnswers(
  storage: Storage,
  answers: readonly BundledAnswer[],
  placed: Placed,
): Promise<void> {
  const keyOf = ({ savedAt, record }: BundledAnswer): string => `${savedAt} ${record.text}`;
  const known = new Set((await storage.savedAnswers({})).map(keyOf));
  for (const answer of answers) {
    if (known.has(keyOf(answer))) continue;
    const sources = answer.record.sources.map((source) => {
      const found = placed.get(source.sourceId);
      return { ...source, passageId: -1, sourceId: found?.sourceId ?? -1 };
    });
    await storage.saveAnswer({ savedAt: answer.savedAt, record: { ...answer.record, sources } });
  }
}
