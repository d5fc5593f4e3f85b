import { readdir, readFile } from "node:fs/promises";

/** Resident memory of a browser's processes, by what they are; empty where the system does not tell (other than Linux). */
export type ResidentBytes = Readonly<Record<string, number>>;

/** Adds up every process of the group that `leader` leads. */
export async function readResident(leader: number): Promise<ResidentBytes> {
  const found: Record<string, number> = {};
  const names = await readdir("/proc").catch(() => []);
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // After the name, which may hold anything but ends the last bracket: state, parent, group.
      const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
      if (group !== leader) continue;
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8");
      const kind = /--type=([a-z-]+)/.exec(command)?.[1] ?? "browser";
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      found[kind] = (found[kind] ?? 0) + Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      // It ended while it was looked at.
    }
  }
  return found;
}
