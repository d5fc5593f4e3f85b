import { portLink, serve } from "../../../boundary/index.ts";
import type {
  AddModelProgress,
  AddModelRequest,
  Dtype,
  ModelChoice,
  ModelEntry,
} from "../../../contract/index.ts";
import { convertModel } from "../../convert/convert-model.ts";
import { openEncoder } from "../../embed/open-encoder.ts";
import { createOpfsStore } from "../../store/opfs-store.ts";
import { createModelLibrary } from "../create-model-library.ts";

/** A library over the private file system, and what is made of its models, as calls that a page can make. */
export interface LibraryCalls {
  list: { in: object; event: never; out: readonly ModelEntry[] };
  add: { in: AddModelRequest; event: AddModelProgress; out: ModelChoice };
  remove: { in: { readonly modelId: string; readonly what?: Dtype | "original" }; event: never; out: void };
  embed: {
    in: { readonly choice: ModelChoice; readonly texts: readonly string[] };
    event: never;
    out: Float32Array;
  };
  folders: { in: object; event: never; out: readonly string[] };
}

export interface LibraryTestStart {
  readonly directory: string;
  readonly siteUrl: string;
  readonly port: MessagePort;
}

addEventListener("message", ({ data }: MessageEvent<LibraryTestStart>) => {
  const store = createOpfsStore(data.directory);
  const { siteUrl } = data;
  const hub = () => ({ endpoint: "https://hub.invalid", token: null });
  const library = createModelLibrary({ store, catalog: [], siteUrl, hub, convert: convertModel });
  const handlers = {
    list: () => library.list(),
    add: (request, { signal, emit }) => library.add(request, { signal, onProgress: emit }),
    remove: ({ modelId, what }) => library.remove(modelId, what),
    async embed({ choice, texts }) {
      const { manifest, files } = await library.open(choice);
      const encoder = await openEncoder({ manifest, files, dtype: choice.dtype, gpu: null, threads: 1 });
      const options = { limitTokens: manifest.maxTokens, urgency: "now" } as const;
      const { vectors } = await encoder.encode(texts, options);
      await encoder.close();
      return vectors;
    },
    folders: () => store.names(),
  } satisfies Parameters<typeof serve<LibraryCalls>>[1];
  serve<LibraryCalls>(portLink(data.port), handlers);
});
