import type { benches as english } from "../en/benches.ts";

export const benches: typeof english = {
  convsearch: {
    edit: "编辑",
    edited: "实际编码的文本：由您书写",
    editing: "实际编码的文本",
    back: "恢复为对话轮次与问题",
    leftOut: "已略去",
    byTurns: "各轮对话如何改变结果",
    explained: "先只用问题，然后每次多加一轮，直到能容纳的最早一轮。",
    alone: "仅问题",
    with: (turns) => `加${turns}轮`,
    lines: "从仅有问题到带上全部轮次的名次变化",
    overlap: (share) => `带全部轮次找到的前十条中，仅用问题能找到 ${share}。`,
  },
  chat: {
    title: "按含义回忆与仅取最近",
    recalled: "按含义回忆",
    recent: "最近",
    ago: (exchanges) => `${exchanges}之前`,
    both: "两者都有",
    sum: (recalled, recent) =>
      `回忆到的 ${recalled} 条中有 ${recent} 条属于最近 ${recalled} 条：只交出最近的会漏掉 ${recalled - recent} 条。`,
    strip: (total) => `回忆到的内容在${total}中的位置，最早的在前`,
    window: "最近",
  },
  icl: {
    budget: "预算的用途",
    example: (rank, tokens) => `第 ${rank} 名：${tokens} 个词元`,
    input: (tokens) => `输入：${tokens} 个词元`,
    around: (tokens) => `其间的文字：${tokens} 个词元`,
    free: (tokens) => `剩余 ${tokens}`,
    spent: (used, budget) => `${budget} 个词元中已用 ${used} 个`,
    dropped: "容纳不下",
  },
  tool: {
    saved: (chosen, all, share) => `${chosen} 个词元，而全部发送需 ${all} 个：节省 ${share}。`,
    savedAbout: (chosen, all, share, seen) =>
      `${chosen} 个词元，而全部发送约需 ${all} 个：节省 ${share}。按前 ${seen} 估算。`,
    counting: "正在计算词元…",
    seems: "似已给出",
    evidence: (words) => `“${words}”（原文）`,
    missing: (names) => `必填而请求中未见：${names}`,
  },
  lrlm: {
    matrix: "每个片段与其他所有片段",
    explained: "颜色越深，两个片段的夹角越小。拖动以选取一部分，双击恢复全部；所选片段加框。",
    label: (from, to) => `片段 ${from} 至 ${to} 两两之间的相似程度`,
    part: (from, to, total) => `共 ${total} 个片段中的 ${from} 至 ${to}`,
    cell: (row, column, degrees) => `${row} 与 ${column} 之间：${degrees}`,
    all: "全部",
    closer: "放大",
    earlier: "向前",
    later: "向后",
    reading: "正在读取向量…",
    none: "这些片段尚无向量。",
  },
};
