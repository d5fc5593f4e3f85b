import type { talk as english } from "../en/talk.ts";

export const talk: typeof english = {
  name: "本次对话",
  beginning: "开始对话",
  remembering: "记住刚才所说的",
  begin: "开始一场会自我记忆的对话",
  beginAbout: "你与语言模型交谈；每一轮都会成为独立集合的一部分，很久以前说过的话会在需要时被回忆起来。",
  goOn: "继续这场对话",
  goOnAbout: "提问与回答将成为所选集合的一部分。",
  talking: "这里所说的会记入此集合。",
  end: "停止记录",
  you: "你",
  model: "回答",
  said: "到目前为止的对话",
  recalled: (count) => `回忆起${count}：`,
};
