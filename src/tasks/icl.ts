import { plainQuery, type TaskDefinition } from "./task.ts";

/** Solved examples: input and output on two lines against a new input alone. */
export const icl: TaskDefinition<"icl"> = {
  id: "icl",
  kind: "example",
  label: "Examples",
  instruction: {
    query: "Convert this example into vector to look for useful examples: ",
    key: "Convert this example into vector for retrieval: ",
  },
  keyText: ({ text, record }) => (record.kind === "example" ? `${record.input}\n${record.output}` : text),
  queryText: ({ input }) => plainQuery(input),
};
