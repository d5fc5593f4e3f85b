import { plainQuery, type TaskDefinition } from "./task.ts";

/** Memory of a conversation: one past exchange with its speaker labels against the new utterance without one. */
export const chat: TaskDefinition<"chat"> = {
  id: "chat",
  kind: "exchange",
  label: "Chat memory",
  instruction: {
    query: "Embed this dialogue to find useful historical dialogues: ",
    key: "Embed this historical dialogue for retrieval: ",
  },
  keyText: ({ text, record }) =>
    record.kind === "exchange" ? `Speaker 1: ${record.speaker1}\nSpeaker 2: ${record.speaker2}` : text,
  queryText: ({ utterance }) => plainQuery(utterance),
};
