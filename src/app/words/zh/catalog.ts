/** What the catalog says of its models, sentence by sentence. */
export const CATALOG_SENTENCES: Readonly<Record<string, string>> = {
  "Comes with Sextant and works at once: small and fast, trained on LLM-Embedder's instructions.":
    "随 Sextant 提供，立即可用：小而快，按 LLM-Embedder 的指令训练。",
  "One embedder for all six tasks, each with its own pair of instructions: the model of the paper.":
    "一个嵌入模型完成全部六个任务，每个任务有自己的一对指令：论文中的模型。",
  "Its training data's own terms are not discussed by its authors; MS MARCO among them is for non-commercial use.":
    "作者没有讨论训练数据自身的条款；其中的 MS MARCO 仅供非商业使用。",
  "The general embedder that LLM-Embedder was made from, and the strongest general baseline of its paper.":
    "LLM-Embedder 由这个通用嵌入模型训练而来，也是其论文中最强的通用基线。",
  "The digest of its weights is not known here; the hub's own is used.":
    "这里不知道其权重的摘要；使用 Hub 给出的摘要。",
  "Trained without a single labelled pair; a baseline of LLM-Embedder's paper.":
    "训练时没有用任何标注数据；LLM-Embedder 论文的一个基线。",
  "Whether the licence of its code, which excludes commercial use, holds for the weights is not stated.":
    "其代码的许可证排除商业使用，是否也适用于权重没有说明。",
  "Pre-trained to rebuild texts from their vectors, then fine-tuned on MS MARCO; a baseline of LLM-Embedder's paper.":
    "先学习由向量重建文本，再在 MS MARCO 上微调；LLM-Embedder 论文的一个基线。",
  "Whether the licence of its code holds for the weights is not stated.":
    "其代码的许可证是否也适用于权重没有说明。",
  "Adapted to what language models like to read; a baseline of LLM-Embedder's paper, listed for completeness.":
    "按语言模型的偏好调整过；LLM-Embedder 论文的一个基线，为完整起见列出。",
  "Which commit of its repository was used in the paper is not known; the newest is named.":
    "论文使用其仓库的哪次提交不得而知；这里写的是最新的。",
  "It is a T5 whose vector is the first state of the decoder, which neither Sextant nor transformers.js computes, and no ONNX of it is published. OpenMatch/AAR-Contriever by the same authors is a BERT encoder and can be added by its name.":
    "它是 T5，向量取自解码器的第一个状态，Sextant 和 transformers.js 都不计算，也没有公布它的 ONNX。同一作者的 OpenMatch/AAR-Contriever 是 BERT 编码器，可以按名称添加。",
  "Finds examples that help a language model solve a task; the paper's baseline for example retrieval.":
    "查找能帮助语言模型完成任务的示例；论文中示例检索的基线。",
  "Its model card was not seen: the licence of the weights is not known, and what else it may say.":
    "没有见到它的模型卡：权重的许可证以及其中的其他内容都不得而知。",
  "It was trained on texts of at most 256 tokens; how it does on longer ones is not known.":
    "它在最多 256 个词元的文本上训练；对更长的文本表现如何不得而知。",
  "ToolBench's own retriever of API descriptions; the paper's baseline for tool retrieval.":
    "ToolBench 自己的 API 描述检索模型；论文中工具检索的基线。",
  "A large embedder for Chinese, trained with samples weighted by how hard their negatives are.":
    "面向中文的大型嵌入模型，训练时按负例的难度给样本加权。",
  "Pooling: its files do not say; CLS is assumed, as of BGE, which it is made from.":
    "池化方式：文件没有说明；按它所基于的 BGE 假定为 CLS。",
  "Instructions: its authors state none; others put BGE's Chinese instruction in front of queries.":
    "指令：作者没有给出；有人在查询前加 BGE 的中文指令。",
  "The licence was withdrawn from its card without a word: ask its authors before passing it on.":
    "许可证已从模型卡上撤下，没有说明：转发之前请询问作者。",
  "The weights were exchanged several times; the digest of those at this revision is not known here, and newer ones may exist.":
    "权重更换过几次；这里不知道此版本权重的摘要，也可能已有更新的权重。",
  "No model at all: words are counted, and every other entry has to beat it.":
    "根本不是模型：只统计词，其他各项都要胜过它。",
  "MIT; training data under the terms named in the model card": "MIT；训练数据遵循模型卡所列条款",
  "not stated on the hub; its code is CC-BY-NC-4.0": "Hub 上没有说明；其代码为 CC-BY-NC-4.0",
  "not stated on the hub; its code is Apache-2.0": "Hub 上没有说明；其代码为 Apache-2.0",
  "not stated on the hub; its code is MIT": "Hub 上没有说明；其代码为 MIT",
  "not known; its code is MIT": "未知；其代码为 MIT",
  "unclear: MIT in its first model card, none in the current one; its code is Apache-2.0":
    "不明确：最初的模型卡为 MIT，现在没有；其代码为 Apache-2.0",
  "unclear: Apache-2.0 in its first model cards, none in later ones":
    "不明确：最初的模型卡为 Apache-2.0，后来没有",
  "none needed": "不需要",
};
