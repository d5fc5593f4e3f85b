import { plainQuery, type TaskDefinition } from "./task.ts";

/** Long text: a single earlier chunk against the chunk before the cursor. The chunk that follows is not in the key. */
export const lrlm: TaskDefinition<"lrlm"> = {
  id: "lrlm",
  kind: "chunk",
  label: "Long text",
  instruction: {
    query: "Embed this text chunk for finding useful historical chunks: ",
    key: "Embed this historical text chunk for retrieval: ",
  },
  keyText: ({ text }) => text,
  queryText: ({ chunk }) => plainQuery(chunk),
};
