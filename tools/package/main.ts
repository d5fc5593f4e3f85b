/** Makes the package that other projects install, as an archive in the working folder: npm run package */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKED, packageManifest, type ProjectManifest } from "./manifest.ts";

const place = mkdtempSync(join(tmpdir(), "sextant-package-"));
try {
  for (const path of PACKED) cpSync(path, join(place, path), { recursive: true });
  const project = JSON.parse(readFileSync("package.json", "utf8")) as ProjectManifest;
  writeFileSync(join(place, "package.json"), `${JSON.stringify(packageManifest(project), null, 2)}\n`);
  execFileSync("npm", ["pack", place, "--loglevel", "error"], { stdio: "inherit" });
} finally {
  rmSync(place, { recursive: true, force: true });
}
