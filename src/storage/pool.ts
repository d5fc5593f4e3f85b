import type { SAHPoolUtil } from "@sqlite.org/sqlite-wasm";
import { SextantError } from "../contract/index.ts";
import { isQuotaExceeded, storageFull } from "./faults.ts";
import type { Sqlite } from "./sqlite.ts";

/** After a steal the old owner needs a moment to let go of its handles. */
const PATIENCE_MS = 2000;
const PAUSE_MS = 50;

/** The database, its journal, and two to spare; each is a file that stays open. */
const CAPACITY = 4;

function classifyInstall(error: unknown, directory: string): SextantError {
  const name = error instanceof Error ? error.name : "";
  if (isQuotaExceeded(error)) return storageFull({ directory }, error);
  if (name === "NoModificationAllowedError")
    return new SextantError(
      "storage/busy-elsewhere",
      "Sextant is open in another tab of this browser: use that one, or close it and try again.",
      { directory },
      error,
    );
  return new SextantError(
    "storage/unavailable",
    "This browser does not let the page keep files here (a private window, or storage switched off): open " +
      "the page in a normal window, or allow storage for this site.",
    { directory, why: error instanceof Error ? error.message : String(error) },
    error,
  );
}

/**
 * Takes hold of the files in `directory`, for this thread alone.
 *
 * `preserveOnInitFailure` matters more than it looks: without it a second tab that fails to get the handles
 * deletes the first one's files (https://sqlite.org/forum/forumpost/5664cd4baee50236).
 *
 * Throws: `storage/unavailable`, `storage/busy-elsewhere`, `storage/full`.
 */
export async function openPool(sqlite: Sqlite, directory: string): Promise<SAHPoolUtil> {
  const options = {
    name: "sextant",
    directory,
    initialCapacity: CAPACITY,
    preserveOnInitFailure: true,
    forceReinitIfPreviouslyFailed: true,
    verbosity: 1,
  };
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const pool = await sqlite.api.installOpfsSAHPoolVfs(options);
      await pool.reserveMinimumCapacity(CAPACITY);
      return pool;
    } catch (cause) {
      const error = classifyInstall(cause, directory);
      if (error.code !== "storage/busy-elsewhere" || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
