import { isErrorCode, SextantError, toSextantError } from "../contract/index.ts";
import type { WireError } from "./protocol.ts";

export function errorToWire(value: unknown): WireError {
  const error = toSextantError(value);
  const origin = error.cause instanceof Error ? error.cause : error;
  return { code: error.code, message: error.message, details: error.details, stack: origin.stack ?? "" };
}

/** Rebuilds the error under its code; the far side's stack stays readable in `cause`. */
export function wireToError(wire: WireError): SextantError {
  const code = isErrorCode(wire.code) ? wire.code : "engine/internal";
  const cause = new Error(wire.message);
  cause.stack = wire.stack;
  return new SextantError(code, wire.message, wire.details, cause);
}
