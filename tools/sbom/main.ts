/** Writes what Sextant is made of as CycloneDX JSON to the standard output: npm run --silent sbom > sbom.json */
import { spawnSync } from "node:child_process";
import { shippedOf, type Bill } from "./shipped.ts";

const run = spawnSync(
  "npm",
  ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"],
  { encoding: "utf8", shell: process.platform === "win32", maxBuffer: 64 * 1024 * 1024 },
);
if (run.status === 0)
  console.log(JSON.stringify(shippedOf(JSON.parse(run.stdout) as Bill, "sextant"), null, 2));
else {
  console.error(run.stderr || run.error?.message);
  process.exitCode = 1;
}
