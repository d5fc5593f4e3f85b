import type { answersState as english } from "../en/answers-state.ts";

export const answersState: typeof english = {
  saving: "保存回答",
  listing: "列出已保存的回答",
  deleting: "删除回答",
  deletingModel: "删除语言模型",
  checking: "将回答与其来源比对",
};
