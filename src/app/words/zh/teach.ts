import type { teach as english } from "../en/teach.ts";

export const teach: typeof english = {
  heading: "这是对的吗？让搜索从中学习",
  about: (model, sources) =>
    `将就${sources}逐一询问 ${model}：它对得出此回答有多大帮助，另外再问一次不带来源的情形。集合由此学习遇到这类问题该找哪些段落。不会询问其他任何人。`,
  wanted: "正确的回答，也可用你自己的话",
  ask: "询问哪些来源有帮助",
  stop: "停止；不保留任何内容",
  asking: (percent) => `正在询问：${percent} %`,
  ways: {
    likelihood: "按每个来源之后此回答的可能性（各词元对数似然的均值）排列，最佳在前：",
    rank: "服务器不提供似然。按带每个来源的回答比不带来源的回答更接近正确回答的程度排列，最佳在前：",
  },
  learned: (count) => `由语言模型指出有帮助段落的问题：${count}。`,
  forget: "忘掉这些",
};
