import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Dtype } from "../../src/contract/index.ts";

const CLI = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** Runs the command line in a process of its own and gives back the line that it prints. */
export async function convertInNode(model: string, dtype: Dtype, out: string): Promise<object> {
  const command = ["--import", "tsx", CLI, "convert", model, "--dtype", dtype, "--out", out];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  const { seconds, bytesWritten, peakBytes } = JSON.parse(stdout) as Record<string, unknown>;
  return { dtype, seconds, bytesWritten, peakBytes };
}
