import type { tour as english } from "../en/tour.ts";

export const tour: typeof english = {
  label: (place, count) => `导览，第 ${place} 步，共 ${count} 步`,
  back: "上一步",
  next: "下一步",
  end: "结束导览",
  done: "完成",
  waiting: "请稍候：正在读取样例。",
  steps: {
    tasks: {
      title: "六种提问方式",
      text: "一个嵌入模型完成六个任务。每个任务在文本前加上自己的指令，因此同样的词会找到不同的内容。",
    },
    query: { title: "边写边问", text: "结果随输入而变。可以按语义、按词，或两者一起检索。" },
    limb: {
      title: "刻度弧",
      text: "查询沿基线放置，每个段落都在它与查询的真实夹角处。夹角越小，语义越近。",
    },
    hits: {
      title: "为什么是这个段落",
      text: "每条结果都显示夹角、匹配的词，以及语义和词各为分数贡献了多少。",
    },
    prompt: { title: "可直接交给语言模型", text: "最好的段落在词元预算之内组合成提示词。" },
    instruments: {
      title: "就在你自己的机器上",
      text: "仪表说明这里由什么计算、数据存在哪里。你添加的内容不会离开此设备。",
    },
  },
};
