import { plainQuery, titledText, type TaskDefinition } from "./task.ts";

/**
 * Question over documents: `{title} {text}` against the bare question.
 *
 * A passage without a title is its text alone; the original's MS MARCO corpus writes `-` as title there, which is
 * a habit of that corpus rather than of the template.
 */
export const qa: TaskDefinition<"qa"> = {
  id: "qa",
  kind: "document",
  label: "Questions",
  instruction: {
    query: "Represent this query for retrieving relevant documents: ",
    key: "Represent this document for retrieval: ",
  },
  keyText: titledText,
  queryText: ({ question }) => plainQuery(question),
};
