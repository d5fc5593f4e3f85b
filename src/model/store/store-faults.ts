import { SextantError } from "../../contract/index.ts";

/** What a person can do when a model's file finds no room. */
export function noRoomFor(path: string, cause?: unknown): SextantError {
  return new SextantError(
    "storage/full",
    `There is no room left to write ${path}; what was stored before is unchanged. Remove a model or its weights as published, or free space on the disk, then try again.`,
    { path },
    cause,
  );
}

export function noSuchFile(path: string, cause?: unknown): SextantError {
  return new SextantError(
    "model/not-found",
    `The file ${path} of this model is not on this device. Add the model again.`,
    { path },
    cause,
  );
}
