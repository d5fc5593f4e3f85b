import type { keeping as english } from "../en/keeping.ts";

export const keeping: typeof english = {
  renaming: (name) => `正在重命名 ${name}`,
  restoring: (name) => `正在恢复 ${name}`,
  freeing: "正在释放已移除的内容",
  listingRemovals: "正在列出已移除的内容",
  measuring: "正在统计集合",
  looking: "正在查看来源",
  editing: "正在保存新内容",
  reverting: "正在恢复原文",
  exporting: (name) => `正在导出 ${name}`,
  everything: "全部内容",
  importing: (name) => `正在导入 ${name}`,
  halted: (name) => `${name} 只导入了一部分。继续导入不会丢失或重复任何内容。`,
  goOn: "继续",
  removing: (name) => `正在移除 ${name}`,
  removed: (name) => `已移除：${name}。不会再被检索到。`,
  keptUntil: (time) => `保留至 ${time}，之后将释放其空间。`,
  undo: "撤销",
  freeNow: "立即释放",
  onePassage: (name) => `${name} 中的一段`,
  andSources: (name, others) => `${name} 及另外 ${others} 个来源`,
};
