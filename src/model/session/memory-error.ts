const WORDS = [
  "out of memory",
  "failed to allocate",
  "allocation failed",
  "bad allocation",
  "bad_alloc",
  // A GPU buffer that is mapped as it is made tells by throwing; ONNX Runtime makes one for each weight and then says this.
  "error occurred in memory copy",
  "createBuffer",
];

/** Whether an error of ONNX Runtime (1.30.0), of the browser or of WebAssembly says that there was no memory. */
export function isMemoryError(error: unknown): boolean {
  const said = String(error).toLowerCase();
  return WORDS.some((words) => said.includes(words.toLowerCase()));
}
