import type { AnswerRecord, AnswerSource, ChatMessage } from "../../contract/index.ts";
import { talk as english } from "../words/en/talk.ts";
import { wordsOf } from "../words/words.ts";
import { collectionOf } from "./corpus.ts";
import type { SliceContext } from "./slice.ts";
import type { AppState } from "./store.ts";

/** One exchange of the conversation that goes on. */
export interface TalkTurn {
  /** Where it is remembered. */
  readonly sourceId: number | null;
  readonly utterance: string;
  readonly reply: string;
  /** Earlier exchanges that came back to mind for it. */
  readonly recalled: readonly AnswerSource[];
}

/** A conversation with a language model whose exchanges become part of a collection as it grows. */
export interface TalkState {
  readonly collectionId: number | null;
  /** Of this visit, oldest first; earlier ones are only recalled. */
  readonly turns: readonly TalkTurn[];
}

export const initialTalk: TalkState = { collectionId: null, turns: [] };

export interface TalkActions {
  /** Begins in a new collection. */
  begin(): Promise<void>;
  /** What is asked and answered from now on becomes part of the collection that is chosen. */
  goOn(): void;
  end(): void;
  /** Keeps an exchange that has come to its end, and indexes it. */
  remember(record: AnswerRecord): Promise<void>;
}

/** So many exchanges go along word by word; what is older has to be recalled. */
const RECENT = 4;

/** Whether the chat that is shown is the conversation that goes on. */
export function isTalking({ talk, corpus }: Pick<AppState, "talk" | "corpus">): boolean {
  return talk.collectionId !== null && collectionOf(corpus, "exchange")?.id === talk.collectionId;
}

/** Sources of the exchanges that go along in any case. */
export function recentSourceIds(state: AppState): ReadonlySet<number> {
  const turns = isTalking(state) ? state.talk.turns.slice(-RECENT) : [];
  return new Set(turns.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId])));
}

/** The last exchanges stand as they were said before the new utterance. */
export function withRecentTurns(
  state: Pick<AppState, "talk" | "corpus">,
  messages: readonly ChatMessage[],
): readonly ChatMessage[] {
  if (!isTalking(state)) return messages;
  const said = state.talk.turns.slice(-RECENT).flatMap(({ utterance, reply }): ChatMessage[] => [
    { role: "user", content: utterance },
    { role: "assistant", content: reply },
  ]);
  return [...messages.slice(0, -1), ...said, ...messages.slice(-1)];
}

export function createTalkActions(context: SliceContext): TalkActions {
  const { engine, read, write } = context;
  const words = () => wordsOf("talk", english);
  return {
    async begin() {
      const made = await context.actions.jobs.run(words().beginning, () =>
        engine.createCollection({ name: words().name, kind: "exchange" }),
      );
      if (!made) return;
      write("talk", { collectionId: made.id, turns: [] });
      await context.actions.corpus.refresh();
      context.actions.corpus.choose(made);
    },
    goOn() {
      const collection = collectionOf(read().corpus, "exchange");
      if (collection) write("talk", { collectionId: collection.id, turns: [] });
    },
    end() {
      write("talk", initialTalk);
    },
    async remember({ query, text, sources }) {
      const { collectionId } = read().talk;
      if (query.task !== "chat" || collectionId === null || !isTalking(read()) || text.trim() === "") return;
      const { utterance } = query;
      const before = read().talk.turns;
      write("talk", {
        turns: [...before, { sourceId: null, utterance, reply: text, recalled: sources }],
      });
      const name = `${new Date().toISOString()}.json`;
      const content = JSON.stringify([
        { role: "user", content: utterance },
        { role: "assistant", content: text },
      ]);
      await context.actions.jobs.run(
        words().remembering,
        async () => {
          const { added, unchanged } = await engine.add({ collectionId, files: [{ name, content }] });
          const sourceId = (added[0] ?? unchanged[0])?.id ?? null;
          const turns = read().talk.turns.map((turn, i) =>
            i === before.length ? { ...turn, sourceId } : turn,
          );
          write("talk", { turns });
          await engine.index({ collectionId, task: "chat" });
        },
        { hiddenUntilReport: true },
      );
      await context.actions.corpus.refresh();
    },
  };
}
