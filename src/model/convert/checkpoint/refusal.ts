import { SextantError, type ErrorDetails } from "../../../contract/index.ts";

/** The refusal of a weights file that is damaged or lies about itself. */
export function corruptFile(path: string, reason: string, tensor?: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/corrupt",
    `The weights in "${path}" cannot be used: ${shortened(reason)}. Get the file again.`,
    details(path, reason, tensor),
    cause,
  );
}

/** The refusal of a weights file that may be fine, but not for this version; `advice` says what to do. */
export function unsupportedFile(path: string, reason: string, advice: string, tensor?: string): SextantError {
  return new SextantError(
    "model/unsupported",
    `The weights in "${path}" cannot be read: ${shortened(reason)}. ${advice}`,
    details(path, reason, tensor),
  );
}

/** Names come from the file and may be of any length. */
function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

function details(path: string, reason: string, tensor: string | undefined): ErrorDetails {
  const named = { file: path, reason: shortened(reason) };
  return tensor === undefined ? named : { ...named, tensor: shortened(tensor) };
}
