import { MAY_IMPORT, MAY_LOCATE } from "./table.ts";

/** The table as docs/architecture.md prints it. */
export function formatTable(): string {
  const rows = Object.entries(MAY_IMPORT).map(([room, allowed]) => {
    const located = (MAY_LOCATE[room] ?? []).map((to) => `${to} (by URL only)`);
    return `| ${room} | ${[...allowed, ...located].join(", ") || "—"} |`;
  });
  return ["| room | may import |", "| --- | --- |", ...rows].join("\n");
}
