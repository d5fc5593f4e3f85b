import type { tasks as english } from "../en/tasks.ts";

export const tasks: typeof english = {
  about: {
    qa: {
      label: "问答",
      title: "向文档提问",
      explained: "提出一个问题，找到能回答它的段落，最好的排在最前，可直接交给语言模型。",
    },
    convsearch: {
      label: "对话检索",
      title: "在对话中提问",
      explained: "前面的对话也算数：问“它有多大？”，会找到“它”指的是什么。",
    },
    chat: {
      label: "聊天记忆",
      title: "记起说过的话",
      explained: "一句新的话，唤起与它相关的早先对话。",
    },
    lrlm: {
      label: "长文本",
      title: "在长文本中回看",
      explained: "光标前的文本块，唤起前文中有助于续写下一块的文本块。",
    },
    icl: {
      label: "示例",
      title: "挑选有用的示例",
      explained: "一个输入，找到与它最相似的已解示例；最好的排在最后，紧挨着输入。",
    },
    tool: {
      label: "工具",
      title: "选对工具",
      explained: "按请求给工具排序，只把合适的几个交给模型。",
    },
  },
  brings: {
    document: "PDF、Word、EPUB、Markdown、HTML、纯文本、笔记本、表格、JSON 或源代码。",
    exchange:
      "带人名和冒号的对话记录、JSON 格式的消息，或从 ChatGPT、Claude、WhatsApp、Slack、Telegram 导出的文件。",
    chunk: "一篇长文本：纯文本、Markdown、PDF、Word 或 EPUB。",
    example:
      "CSV、TSV、Excel、JSON Lines，或每项含输入和输出的 JSON 数组，也可以是带“Question:”和“Answer:”的提示词。",
    tool: "OpenAI 函数、Anthropic 工具、MCP 的 tools/list 结果、OpenAPI 描述，或 BFCL、Gorilla、ToolBench 的数据行。",
  },
  firstCollections: {
    document: "文档",
    exchange: "对话",
    chunk: "长文本",
    example: "示例",
    tool: "工具",
  },
};
