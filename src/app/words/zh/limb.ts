import type { limb as english } from "../en/limb.ts";

export const limb: typeof english = {
  title: "与查询的夹角",
  between: (from, to) => `命中结果位于 ${from} 与 ${to} 之间。`,
  most: (mean) => `所有候选大约在 ${mean}。`,
  none: "没有可画的内容：这些结果由词语找到，词语没有角度。",
  sorted: "按角度排列的结果",
  arm: "截止角",
  armAtEnd: (hits) => `在末端：全部 ${hits} 条结果都在内`,
  armAt: (degrees, within, hits) => `${degrees}：${hits} 条结果中有 ${within} 条在内`,
  within: (within, hits, degrees) => `${hits} 条结果中有 ${within} 条在 ${degrees} 以内`,
  leftOut: "超出部分不进入提示词",
  nothingWithin: "没有更近的结果：提示词中没有段落",
  undo: "全部采用",
  drag: "拖动指臂，或用方向键移动它，以截去过远的结果",
  hits: "结果及其名次",
  candidates: (count) => `全部 ${count} 个候选`,
  estimated: (sampled, count) => `全部 ${count} 个候选，由其中 ${sampled} 个估计`,
  nearer: (count) => `其中 ${count} 个在指臂以内`,
  spread: (count) => `${count} 个候选多数所在之处`,
  hit: (rank, title, degrees) => `${degrees}，第 ${rank} 名：${title}`,
};
