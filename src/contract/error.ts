import { isErrorCode, type ErrorCode } from "./error-codes.ts";

/** Plain JSON that survives `structuredClone`. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** The one error class: a code to act on, a message for people that ends in what to do. */
export class SextantError extends Error {
  override readonly name = "SextantError";
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}

export function isSextantError(value: unknown, code?: ErrorCode): value is SextantError {
  return (
    value instanceof SextantError && isErrorCode(value.code) && (code === undefined || value.code === code)
  );
}

/** Gives any thrown value a code; what is not ours becomes `engine/internal` with its message kept. */
export function toSextantError(value: unknown, code: ErrorCode = "engine/internal"): SextantError {
  if (value instanceof SextantError) return value;
  if (value instanceof Error && value.name === "AbortError")
    return new SextantError("base/aborted", "Stopped.", {}, value);
  const message = value instanceof Error ? value.message : String(value);
  return new SextantError(code, message, {}, value);
}
