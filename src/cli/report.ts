import type { AddModelProgress } from "../contract/index.ts";

/** What a command says while it works, apart from its result. */
export interface Report {
  progress(
    progress: Pick<AddModelProgress, "phase" | "file" | "doneBytes" | "totalBytes"> &
      Partial<AddModelProgress>,
  ): void;
  /** Any other work: what is done, and how far it has come. */
  say(subject: string, amount: string): void;
  end(): void;
}

const EVERY_MS = 100;
const SAYING = {
  list: "looking up",
  download: "downloading",
  convert: "converting",
  reference: "computing reference vectors of",
} as const satisfies Record<AddModelProgress["phase"], string>;

/** On a terminal one line that changes; in a log one line a file and phase. */
export function createReport(stream: Pick<NodeJS.WriteStream, "write" | "isTTY">): Report {
  let saying = "";
  let lastMs = Number.NEGATIVE_INFINITY;
  const say = (subject: string, amount: string): void => {
    const isNew = subject !== saying;
    if (isNew && stream.isTTY && saying !== "") stream.write("\n");
    if (isNew && !stream.isTTY) stream.write(`${subject}\n`);
    saying = subject;
    if (!stream.isTTY || (!isNew && performance.now() - lastMs < EVERY_MS)) return;
    lastMs = performance.now();
    stream.write(`\r${subject}: ${amount}\u001b[K`);
  };
  return {
    progress({ phase, file, doneBytes, totalBytes, bytesPerSecond = null, secondsLeft = null }) {
      const part = totalBytes === null ? "" : ` of ${megabytes(totalBytes)}`;
      const speed = bytesPerSecond === null ? "" : `, ${megabytes(bytesPerSecond)}/s`;
      const left = secondsLeft === null ? "" : `, ${Math.ceil(secondsLeft)} s left`;
      say(`${SAYING[phase]} ${file}`, `${megabytes(doneBytes)}${part}${speed}${left}`);
    },
    say,
    end() {
      if (stream.isTTY && saying !== "") stream.write("\n");
    },
  };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
