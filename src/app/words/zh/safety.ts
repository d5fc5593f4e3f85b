import type { safety as english } from "../en/safety.ts";

export const safety: typeof english = {
  gone: "您添加的内容已丢失。",
  evicted: (passages) =>
    `浏览器已清除${passages}，连同其向量和保存的答案。磁盘将满且浏览器未承诺保留网站数据时，便会如此。若有备份可导入；否则请重新添加文件。`,
  restore: "到资料库导入",
  safe: "要保留您添加的内容吗？",
  ask: "读取这些内容花了不少时间，而磁盘将满时浏览器可能将其清除，除非它承诺不这样做。",
  keep: "请浏览器承诺",
  notNow: "保持原样",
  unsafe: "浏览器没有承诺保留您添加的内容。",
  refused: "有些浏览器只对已安装或常用的网站承诺。稳妥的办法是备份：请不时导出全部内容。",
  backUp: "到资料库导出",
  room: (used, quota) => `本网站已使用 ${used}，共 ${quota}。`,
  free: (removed) => `释放已移除的内容（${removed}）`,
  models: "查看可删除的模型",
};
