import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { judgeSpecifier } from "./check.ts";
import { readSpecifiers, type Specifier } from "./specifiers.ts";
import { formatTable } from "./table-page.ts";
import { MAY_IMPORT } from "./table.ts";

const judge = (file: string, value: string, how: Specifier["how"] = "import") =>
  judgeSpecifier(file, { how, value });

test("every way of naming another file is seen, comments and strings are not", () => {
  const code = `
    import type { A } from "./static-type.ts";
    import { type B } from "./static.ts";
    import "./effect.ts";
    export * from "./all.ts";
    export type { C } from "./named.ts";
    const d = await import("./dynamic.ts");
    type E = import("./type-query.ts").E;
    const f = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    // import "./comment.ts"
    const g = 'import "./string.ts"';
    import react from "react";
    const h = <p>import "./text.ts"</p>;
  `;
  expect(readSpecifiers("a.tsx", code).map(({ how, value }) => `${how} ${value}`)).toEqual([
    "import ./static-type.ts",
    "import ./static.ts",
    "import ./effect.ts",
    "import ./all.ts",
    "import ./named.ts",
    "dynamic ./dynamic.ts",
    "import ./type-query.ts",
    "url ./worker.ts",
  ]);
});

test("a file that does not parse is a fault, not an empty list", () => {
  expect(() => readSpecifiers("a.ts", "import { from")).toThrow(SyntaxError);
});

test("a room imports itself, what the table allows, and only through index.ts", () => {
  expect(judge("src/model/embed/pool.ts", "../session/run.ts")).toBeNull();
  expect(judge("src/model/embed/pool.ts", "../../contract/index.ts")).toBeNull();
  expect(judge("src/model/embed/pool.ts", "../../base/half.ts")).toBeNull();
  expect(judge("src/model/embed/pool.ts", "../../contract/error.ts")).toContain(
    "contract is src/contract/index.ts",
  );
  expect(judge("src/model/embed/pool.ts", "../../vectors/index.ts")).toBe("model may not import vectors");
  expect(judge("src/model/embed/pool.ts", "../../vectors/index.ts", "dynamic")).toBe(
    "model may not import vectors",
  );
  expect(judge("src/contract/search.ts", "../engine/index.ts")).toBe("contract may not import engine");
});

test("workers are started by URL from the client alone", () => {
  expect(judge("src/client/start.ts", "../workers/engine.worker.ts", "url")).toBeNull();
  expect(judge("src/cli/embed.ts", "../../public/models/mini/", "url")).toBeNull();
  expect(judge("src/engine/embed.ts", "../../public/models/mini/", "url")).toContain("may not locate");
  expect(judge("src/client/start.ts", "../workers/engine.worker.ts")).toBe("client may not import workers");
  expect(judge("src/app/main.tsx", "../workers/engine.worker.ts", "url")).toContain("may not locate");
});

test("the face re-exports rooms' faces; tests look anywhere; programs do not look at tests", () => {
  expect(judge("src/index.ts", "./client/index.ts")).toBeNull();
  expect(judge("src/index.ts", "./engine/index.ts")).not.toBeNull();
  expect(judge("src/rank/fuse.test.ts", "../engine/index.ts")).toBeNull();
  expect(judge("src/rank/fuse.ts", "../vectors/kernel.contract.ts")).not.toBeNull();
  expect(judge("src/attic/old.ts", "../base/half.ts")).toContain("not in the table");
  expect(judge("src/app/main.tsx", "../../tools/serve/headers.ts")).not.toBeNull();
});

test("every room on disk is in the table, and docs/architecture.md prints it", () => {
  const rooms = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(MAY_IMPORT)).toEqual(expect.arrayContaining(rooms.map((room) => room.name)));
  const bare = (table: string) => table.replaceAll(/ +/g, " ").replaceAll(/-+/g, "-");
  expect(bare(readFileSync("docs/architecture.md", "utf8"))).toContain(bare(formatTable()));
});
