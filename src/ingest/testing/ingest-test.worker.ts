import { toSextantError, type Kind } from "../../contract/index.ts";
import { importFile } from "../index.ts";

const tools = { countTokens: (text: string) => text.split(/\s+/).length };

/** Reads one file for each message, where the engine does: without a document. */
addEventListener("message", ({ data }: MessageEvent<{ name: string; bytes: Uint8Array; kind: Kind }>) => {
  importFile({ name: data.name, content: data.bytes }, data.kind, tools).then(
    ({ format, text, drafts, notices }) => postMessage({ format, text, drafts, notices }),
    (error: unknown) => {
      const { code, message } = toSextantError(error);
      postMessage({ code, message });
    },
  );
});
