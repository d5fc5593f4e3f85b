import type { PickedFile } from "../../src/contract/index.ts";

interface Work {
  readonly module: string;
  readonly call: string;
  readonly input: unknown;
  readonly files: readonly PickedFile[];
}

type Call = (input: unknown, files: readonly PickedFile[]) => Promise<object>;

globalThis.onmessage = async ({ data: { module, call, input, files } }: MessageEvent<Work>) => {
  try {
    const loaded = (await import(/* @vite-ignore */ `/${module}`)) as Record<string, Call>;
    globalThis.postMessage({ result: await loaded[call]?.(input, files) });
  } catch (error) {
    globalThis.postMessage({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
};
