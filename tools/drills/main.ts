/** Writes the tables of docs/reliability.md anew: npm run drills */
import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { BEGIN, END, formatFaults } from "./reliability-page.ts";

const PAGE = "docs/reliability.md";
const page = readFileSync(PAGE, "utf8");
const [before] = page.split(BEGIN);
const after = page.split(END)[1];
const text = `${before}${BEGIN}\n\n${formatFaults(readFileSync("docs/errors.md", "utf8"))}\n${END}${after}`;
writeFileSync(PAGE, await format(text, { parser: "markdown", printWidth: 110 }));
