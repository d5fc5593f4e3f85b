import { toSextantError } from "../../contract/index.ts";
import { probeGpu } from "../session/gpu.ts";
import { defaultThreads } from "../session/runtime.ts";
import { createOpfsStore } from "../store/opfs-store.ts";
import { openTextModel, type TextModel } from "./open-text-model.ts";
import { readTextModel } from "./text-library.ts";
import type { FromText, ToText } from "./text-protocol.ts";

/** Answers for one language model in the worker that it has to itself. */
export function serveText(post: (message: FromText) => void): (message: ToText) => void {
  let model: Promise<TextModel> | undefined;

  const fail = (error: unknown): void => {
    const { code, message } = toSextantError(error);
    post({ type: "failed", code, message });
  };

  async function open({ directory, folder, dtype }: Extract<ToText, { type: "open" }>): Promise<TextModel> {
    const contents = await readTextModel(createOpfsStore(directory).folder(folder));
    // 8-bit weights are slower on a GPU than on the CPU, and a software GPU is slower than either.
    const gpu = dtype === "q8" ? null : await probeGpu();
    const device = gpu === null || gpu.software ? null : gpu.device;
    if (device === null) gpu?.device.destroy();
    return openTextModel({ name: folder, dtype, contents, device, threads: defaultThreads() });
  }

  async function write({ messages, maxTokens }: Extract<ToText, { type: "write" }>): Promise<void> {
    const opened = await model;
    const written = await opened?.write(messages, {
      maxTokens,
      onText: (text) => text !== "" && post({ type: "text", text }),
    });
    if (written) post({ type: "written", written });
  }

  return (message) => {
    switch (message.type) {
      case "open":
        model = open(message);
        model.then(() => post({ type: "opened" }), fail);
        return;
      case "write":
        write(message).catch(fail);
        return;
      default:
        return message satisfies never;
    }
  };
}
