import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Bill } from "./shipped.ts";

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

test("the bill of materials has Sextant and each dependency that is shipped, no tool, and no path of this machine", () => {
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "tools/sbom/main.ts"], {
    encoding: "utf8",
  });
  const bill = JSON.parse(stdout) as Bill;
  const own = read("package.json") as { version: string; dependencies: Record<string, string> };
  const { packages } = read("package-lock.json") as {
    packages: Readonly<Record<string, { version: string }>>;
  };
  expect(bill.bomFormat).toBe("CycloneDX");
  expect(bill.metadata.component).toMatchObject({ name: "sextant", version: own.version });
  const versions = new Map(bill.components.map(({ name, version }) => [name, version]));
  for (const name of Object.keys(own.dependencies))
    expect(versions.get(name), name).toBe(packages[`node_modules/${name}`]?.version);
  for (const tool of ["vite", "vitest", "typescript"]) expect(versions.has(tool), tool).toBe(false);
  const whole = bill.dependencies.find(({ ref }) => ref === `sextant@${own.version}`);
  expect(whole?.dependsOn.length).toBeGreaterThanOrEqual(Object.keys(own.dependencies).length);
  expect(stdout).not.toContain(process.cwd());
});
