interface Work {
  readonly module: string;
  readonly call: string;
  readonly input: unknown;
}

globalThis.onmessage = async ({ data: { module, call, input } }: MessageEvent<Work>) => {
  try {
    const loaded = (await import(/* @vite-ignore */ `/${module}`)) as Record<
      string,
      (input: unknown) => Promise<object>
    >;
    globalThis.postMessage({ result: await loaded[call]?.(input) });
  } catch (error) {
    globalThis.postMessage({
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
};
