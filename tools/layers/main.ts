import { readdirSync, readFileSync } from "node:fs";
import { judgeSpecifier } from "./check.ts";
import { readSpecifiers } from "./specifiers.ts";

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path))
  .map((path) => `src/${path.replaceAll("\\", "/")}`);
const faults = files.flatMap((file) =>
  readSpecifiers(file, readFileSync(file, "utf8")).flatMap((specifier) => {
    const fault = judgeSpecifier(file, specifier);
    return fault === null ? [] : [`${file}: "${specifier.value}": ${fault}`];
  }),
);
for (const fault of faults) console.error(fault);
console.log(`layers: ${files.length} files, ${faults.length} faults`);
if (faults.length > 0) process.exitCode = 1;
