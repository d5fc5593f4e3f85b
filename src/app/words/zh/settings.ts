import type { settings as english } from "../en/settings.ts";

export const settings: typeof english = {
  title: "设置",
  cut: "长文本的截断方式",
  policies: {
    use: "日常使用：段落截至 512 个词元；对话保留最新的几轮",
    paper: "与论文一致：所有文本从末尾截至 256 个词元。段落需为此再编码一次",
  },
  appearance: "外观",
  themes: {
    system: "跟随系统",
    light: "白天：海图纸",
    dark: "夜晚：海面与黄铜",
  },
  language: "语言",
  more: {
    palette: "命令",
    shortcuts: "键盘快捷键",
    diagnostics: "诊断信息",
  },
  tour: "一分钟导览",
};
