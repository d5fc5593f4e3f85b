import { createGraph } from "../convert/onnx/graph.ts";
import { withinMemory } from "./memory-error.ts";

/** ONNX Runtime, in the one build that this process uses. */
export type Runtime = typeof import("onnxruntime-web/webgpu");

/**
 * In how many threads a CPU session works here: half of the cores, so that the page and other programs keep theirs, and
 * 1 unless memory can be shared. Its threads wait by spinning, so that more of them than free cores are slower than one:
 * 3,600 against 6,000 tokens/s with two threads on two cores that other work kept busy.
 */
export function defaultThreads(): number {
  if (isNode() || !globalThis.crossOriginIsolated) return 1;
  return Math.min(4, Math.ceil(navigator.hardwareConcurrency / 2));
}

/**
 * Loads ONNX Runtime with its WebGPU back end and its own files beside it, and compiles them: a first session would do
 * that, when the model's files have come.
 *
 * A plain `onnxruntime-web` is never imported in a browser: it holds the older WebGPU back end, which refuses
 * Sextant's graphs. The thread count holds for the life of the process, as does the build.
 */
export async function loadRuntime(threads: number): Promise<Runtime> {
  const runtime = await (isNode() ? importNode() : importBrowser());
  runtime.env.wasm.numThreads ??= threads;
  runtime.env.logLevel = "error";
  compiled ??= withinMemory(compile(runtime)).catch((error: unknown) => {
    compiled = undefined;
    throw error;
  });
  await compiled;
  return runtime;
}

let compiled: Promise<void> | undefined;

/** The runtime compiles itself for its first session: of one operator. */
async function compile({ InferenceSession }: Runtime): Promise<void> {
  const graph = createGraph("nothing");
  const value = graph.node("Identity", [graph.input("in", "float32", [1])]);
  graph.output("out", value, "float32", [1]);
  const session = await InferenceSession.create(graph.build().onnx, { executionProviders: ["wasm"] });
  await session.release();
}

async function importBrowser(): Promise<Runtime> {
  const { runtime } = await ("Suspending" in WebAssembly
    ? import("./runtime-jspi.ts")
    : import("./runtime-asyncify.ts"));
  return runtime;
}

/** Under Node that name is the CPU build; a variable keeps bundlers from following it. */
function importNode(): Promise<Runtime> {
  const name = "onnxruntime-web";
  return import(/* @vite-ignore */ name) as Promise<Runtime>;
}

function isNode(): boolean {
  return "process" in globalThis && !("WorkerGlobalScope" in globalThis) && !("window" in globalThis);
}
