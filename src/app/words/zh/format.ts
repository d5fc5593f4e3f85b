import type { format as english } from "../en/format.ts";

const same = (noun: string) => ({ one: noun, many: noun });

export const format: typeof english = {
  nouns: {
    chunk: same("个文本块"),
    collection: same("个集合"),
    dimension: same("维"),
    example: same("个示例"),
    exchange: same("轮对话"),
    file: same("个文件"),
    function: same("个函数"),
    hit: same("条结果"),
    message: same("条消息"),
    "older turn": same("轮较早的对话"),
    other: same("个其他来源"),
    passage: same("个段落"),
    sentence: same("个句子"),
    source: same("个来源"),
    tool: same("个工具"),
    turn: same("轮对话"),
  },
  bytes: (count) => `${count} 字节`,
  lessThanASecond: "不到 1 秒",
  seconds: (count) => `${count} 秒`,
  minutes: (count) => `${count} 分钟`,
  hours: (hours, minutes) => `${hours} 小时 ${minutes} 分`,
  milliseconds: (count) => `${count} 毫秒`,
};
