import type { safety as english } from "../en/safety.ts";

export const safety: typeof english = {
  evicted: (passages) =>
    `浏览器已清除此处的内容：${passages}，连同其向量和答案。磁盘将满且浏览器未承诺保留网站数据时，便会如此。`,
  restore: "恢复备份",
  ask: "您添加的内容花了不少时间嵌入，而磁盘将满时浏览器可能将其清除。它可以承诺不这样做。",
  keep: "请浏览器保留我的数据",
  notNow: "保持原样",
  refused: "浏览器没有承诺。有些浏览器只对已安装或常用的网站承诺。在此之前，备份是稳妥的办法。",
  backUp: "创建备份",
  room: (used, quota) => `本网站已使用 ${used}，共 ${quota}。`,
  free: (removed) => `释放已移除的内容（${removed}）`,
  models: "删除模型",
};
