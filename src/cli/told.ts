import { SextantError, toSextantError } from "../contract/index.ts";

/** A failure of a command as a person is told of it; options that there are not come with those that there are. */
export function toTold(error: unknown, usage: string): SextantError {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("ERR_PARSE_ARGS_"))
    return toSextantError(error);
  const [said = ""] = error.message.split(/\.\s/);
  return new SextantError("engine/invalid-input", `${said}. Usage: sextant ${usage}`, {}, error);
}
