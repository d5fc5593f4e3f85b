import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";
import { readInstalled } from "../licences/installed.ts";
import { LICENCES_FILE } from "../licences/licences-plugin.ts";
import { SHIPPED_TOOLS } from "../licences/shipped-tools.ts";
import { FOUND_BESIDE } from "../package/manifest.ts";
import type { Bill } from "./shipped.ts";

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "tools/sbom/main.ts"], {
  encoding: "utf8",
});
const bill = JSON.parse(stdout) as Bill;

test("the bill of materials has Sextant and each dependency that is shipped, no tool, and no path of this machine", () => {
  const own = read("package.json") as { version: string; dependencies: Record<string, string> };
  const { packages } = read("package-lock.json") as {
    packages: Readonly<Record<string, { name?: string; version: string }>>;
  };
  expect(bill.bomFormat).toBe("CycloneDX");
  expect(bill.metadata.component).toMatchObject({ name: "sextant", version: own.version });
  const versions = new Map(bill.components.map(({ name, version }) => [name, version]));
  for (const installed of Object.keys(own.dependencies)) {
    const { name = installed, version } = packages[`node_modules/${installed}`]!;
    expect(versions.get(name), name).toBe(version);
  }
  for (const tool of SHIPPED_TOOLS) expect(versions.has(tool), tool).toBe(true);
  for (const tool of ["vitest", "typescript", "oxlint"]) expect(versions.has(tool), tool).toBe(false);
  const whole = bill.dependencies.find(({ ref }) => ref === `sextant@${own.version}`);
  expect(whole?.dependsOn.length).toBeGreaterThanOrEqual(Object.keys(own.dependencies).length);
  expect(stdout).not.toContain(process.cwd());
});

test.each([
  // Chroma's own embedder is asked for by name where a collection wants it; ours never does.
  ["vite.cli.config.ts", ["chromadb", "yaml"], [...FOUND_BESIDE, "@chroma-core/default-embed"]],
  ["vite.element.config.ts", ["pagefind", "rolldown", "vite"], []],
])(
  "all that %s bundles is in its file of licences, and in the bill of materials; nothing else is asked of whoever installs it",
  async (configFile, names, beside) => {
    const made = (await build({ configFile, logLevel: "silent", build: { write: false, minify: false } })) as
      Rolldown.RolldownOutput | readonly Rolldown.RolldownOutput[];
    const files = [made].flat().flatMap(({ output }) => output);
    const page = files.find(({ fileName }) => fileName === LICENCES_FILE);
    const text = page?.type === "asset" ? String(page.source) : "";
    const titles = [...text.matchAll(/^-{80}\n\n(\S+) (\S+)$/gm)].map(
      ([, name, version]) => `${name}@${version}`,
    );
    const refs = bill.components.map((one) => one["bom-ref"]);
    expect(titles.filter((title) => !refs.includes(title))).toEqual([]);
    expect(titles.map((title) => title.slice(0, title.lastIndexOf("@")))).toEqual(
      expect.arrayContaining(names),
    );
    const modules = files.flatMap((file) => (file.type === "chunk" ? Object.keys(file.modules) : []));
    const bundled = new Set(
      modules.flatMap((id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
    );
    for (const { name } of [...bundled].map(readInstalled)) expect(text, name).toContain(`\n${name} `);
    const chunks = files.flatMap((file) => (file.type === "chunk" ? [file] : []));
    const ownChunks = new Set(chunks.map(({ fileName }) => fileName));
    const outside = chunks
      .flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports])
      .filter((id) => !isBuiltin(id) && !ownChunks.has(id));
    const packages = outside.map((id) => /^(?:@[^/]+\/)?[^/]+/.exec(id)?.[0]);
    expect(new Set(packages)).toEqual(new Set(beside));
  },
);
