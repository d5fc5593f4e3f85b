import { readdir, readFile } from "node:fs/promises";

/** Resident memory of a browser's processes, by what they are; empty where the system does not tell (other than Linux). */
export type ResidentBytes = Readonly<Record<string, number>>;

export interface BrowserProcess {
  readonly pid: number;
  /** As Chromium names it: renderer, utility and so on; `browser` is the first one. */
  readonly kind: string;
  readonly residentBytes: number;
  /** Of all cores, since it began. */
  readonly processorMs: number;
}

/** Linux counts in hundredths of a second on every machine of these years. */
const MS_A_TICK = 10;

/** Every process of the group that `leader` leads. */
export async function readProcesses(leader: number): Promise<BrowserProcess[]> {
  const found: BrowserProcess[] = [];
  const names = await readdir("/proc").catch(() => []);
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // After the name, which may hold anything but ends the last bracket: state, parent, group.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (Number(fields[2]) !== leader) continue;
      const processorMs = (Number(fields[11]) + Number(fields[12])) * MS_A_TICK;
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
      const kind = /--type=([a-z-]+)/.exec(command)?.[1] ?? "browser";
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      const residentBytes = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
      found.push({ pid: Number(pid), kind, residentBytes, processorMs });
    } catch {
      // It ended while it was looked at.
    }
  }
  return found;
}

/** Adds up every process of the group that `leader` leads. */
export async function readResident(leader: number): Promise<ResidentBytes> {
  const sums: Record<string, number> = {};
  for (const { kind, residentBytes } of await readProcesses(leader))
    sums[kind] = (sums[kind] ?? 0) + residentBytes;
  return sums;
}
