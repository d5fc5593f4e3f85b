import { SextantError } from "../../contract/index.ts";

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

/** Throws: nothing; makes the error of a model for which the page's own memory is too small. */
export function tooLarge(cause: unknown): SextantError {
  return new SextantError(
    "model/too-large",
    "The model does not fit into the memory that this browser gives a page. Choose a smaller model or precision, or close other tabs.",
    { message: String(cause) },
    cause,
  );
}

/** Gives a session's error for want of memory its name. Throws: `model/too-large`, and what the work throws. */
export async function withinMemory<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isMemoryError(error) ? tooLarge(error) : error;
  }
}
