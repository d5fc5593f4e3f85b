/** What is counted, in the singular and in the plural. */
export const format = {
  nouns: {
    chunk: { one: "chunk", many: "chunks" },
    collection: { one: "collection", many: "collections" },
    dimension: { one: "dimension", many: "dimensions" },
    example: { one: "example", many: "examples" },
    exchange: { one: "exchange", many: "exchanges" },
    file: { one: "file", many: "files" },
    hit: { one: "hit", many: "hits" },
    "older turn": { one: "older turn", many: "older turns" },
    other: { one: "other", many: "others" },
    passage: { one: "passage", many: "passages" },
    source: { one: "source", many: "sources" },
    tool: { one: "tool", many: "tools" },
    turn: { one: "turn", many: "turns" },
  },
  bytes: (count: string) => `${count} bytes`,
  lessThanASecond: "less than a second",
  seconds: (count: string) => `${count} s`,
  minutes: (count: string) => `${count} min`,
  hours: (hours: string, minutes: string) => `${hours} h ${minutes} min`,
  milliseconds: (count: string) => `${count} ms`,
};
