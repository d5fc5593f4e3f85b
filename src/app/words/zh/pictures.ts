import type { pictures as english } from "../en/pictures.ts";

export const pictures: typeof english = {
  choose: "图示",
  names: { limb: "刻度弧", "six-way": "六种指令", map: "地图", compare: "对比" },
  explained: {
    limb: "每条结果与查询的夹角",
    "six-way": "同一文本置于全部六种指令之下",
    map: "所有段落的二维图，查询及其结果标于其上",
    compare: "同样的查询，两种设置",
  },
  loading: "正在绘制…",
  keep: "保存图片",
  nothingDrawn: "尚未绘制任何图形。",
  asSvg: "保存为 SVG",
  asPng: "保存为 PNG",
};
