import type { prompt as english } from "../en/prompt.ts";

export const prompt: typeof english = {
  title: "提示词",
  answer: "回答",
  show: "显示",
  tokens: (count) => `${count} 个词元`,
  notYet: "一旦找到内容，就会在这里组成给语言模型的提示词。",
  opening: "正在打开…",
  form: "提示词的形式",
  presets: {
    practical: "面向对话模型",
    paper: "与论文一致",
  },
  passages: "提示词中的段落",
  fewer: "减少一个",
  more: "增加一个",
  budget: (used, all, tokenizer) => `${all} 个词元中用去 ${used} 个，由 ${tokenizer} 计数`,
  dropped: (passages) => `超出预算，已略去：${passages}。`,
  examplesFrom: "给它看已解答的示例，来自",
  noExamples: "无",
  examples: (count) => `附带${count}，示范如何作答。`,
  copy: "复制提示词",
  text: "提示词的文本",
};
