import { MAY_IMPORT, MAY_START } from "./table.ts";

/** The table as docs/architecture.md prints it. */
export function formatTable(): string {
  const rows = Object.entries(MAY_IMPORT).map(([room, allowed]) => {
    const starts = (MAY_START[room] ?? []).map((to) => `${to} (by URL only)`);
    return `| ${room} | ${[...allowed, ...starts].join(", ") || "—"} |`;
  });
  return ["| room | may import |", "| --- | --- |", ...rows].join("\n");
}
