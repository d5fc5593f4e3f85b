import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ChromaServer {
  readonly url: string;
  readonly port: number;
  /** Ends the process at once, as a power cut would; what it had confirmed stays on the disk. */
  kill(): Promise<void>;
  /** Starts it again on the same port, with the same data. */
  restart(): Promise<void>;
  /** Ends it and deletes its data. */
  close(): Promise<void>;
}

const CLI = join(import.meta.dirname, "../../node_modules/chromadb/dist/cli.mjs");
const START_MS = 20_000;

/**
 * Starts a real Chroma server on loopback, of the `chromadb` package's own program, on a port and folder of its own.
 * null, and a line on stderr why, where it cannot start: its program is made for some systems only.
 */
export async function startChroma(
  options: { readonly origins?: readonly string[]; readonly cli?: string } = {},
): Promise<ChromaServer | null> {
  const folder = await mkdtemp(join(tmpdir(), "sextant-chroma-"));
  const port = await freePort();
  const config = join(folder, "config.yaml");
  await writeFile(
    config,
    [
      `port: ${port}`,
      `listen_address: "127.0.0.1"`,
      `persist_path: ${JSON.stringify(join(folder, "data"))}`,
      `cors_allow_origins: ${JSON.stringify(options.origins ?? [])}`,
      "",
    ].join("\n"),
  );
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | null = null;

  async function start(): Promise<string | null> {
    const { cli = CLI } = options;
    if (!existsSync(cli)) return "the package chromadb is not installed";
    const started = spawn(process.execPath, [cli, "run", config], { stdio: ["ignore", "ignore", "pipe"] });
    child = started;
    let said = "";
    started.stderr?.on("data", (piece: Buffer) => (said += piece.toString()));
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (hasEnded(started)) return said.trim().split("\n").at(-1) || `it ended at once${signalOf(started)}`;
      const beat = await fetch(`${url}/api/v2/heartbeat`).catch(() => null);
      if (beat?.ok) return null;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return `it did not answer within ${START_MS / 1000} s`;
  }

  async function kill(): Promise<void> {
    const running = child;
    child = null;
    if (!running || hasEnded(running)) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill("SIGKILL");
    await ended;
  }

  async function close(): Promise<void> {
    await kill();
    await rm(folder, { recursive: true, force: true });
  }

  const why = await start();
  if (why !== null) {
    await close();
    process.stderr.write(`SKIPPED: no Chroma server can be started here (${why})\n`);
    return null;
  }
  return {
    url,
    port,
    kill,
    async restart() {
      await kill();
      const failure = await start();
      if (failure !== null) throw new Error(`Chroma did not start again: ${failure}`);
    },
    close,
  };
}

/** By itself or by a signal: then it has no exit code. */
function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

const signalOf = ({ signalCode }: ChildProcess): string => (signalCode === null ? "" : ` by ${signalCode}`);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}
