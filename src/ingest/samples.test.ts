import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { KIND_OF_TASK, TASK_IDS, type Sample } from "../contract/index.ts";
import { wordTools } from "./importers/importer.contract.ts";
import { importFile } from "./index.ts";

const FOLDER = new URL("../../public/samples/", import.meta.url);
const samples = JSON.parse(readFileSync(new URL("samples.json", FOLDER), "utf8")) as Sample[];

test("every task has one sample, and every file is in the notice", () => {
  expect(samples.map(({ task }) => task)).toEqual([...TASK_IDS]);
  const notice = readFileSync(new URL("NOTICE.md", FOLDER), "utf8");
  const files = readdirSync(FOLDER).filter((name) => !/^(?:NOTICE\.md|samples\.json|licences)$/.test(name));
  for (const name of files) expect(notice).toContain(`\`${name}`);
});

test.each(samples)(
  "$task: its files are read without a warning, and hold what its queries look for",
  async (sample) => {
    const imports = sample.files.map(({ name, path }) =>
      importFile(
        { name, content: readFileSync(new URL(path, FOLDER)) },
        KIND_OF_TASK[sample.task],
        wordTools,
      ),
    );
    const imported = await Promise.all(imports);
    expect(imported.flatMap(({ notices }) => notices)).toEqual([]);
    const texts = imported.flatMap(({ drafts }) => drafts.map(({ text }) => text));
    expect(sample.expected).toHaveLength(sample.queries.length);
    for (const phrase of sample.expected)
      expect(texts.filter((text) => text.includes(phrase))).not.toHaveLength(0);
    for (const query of sample.queries) {
      expect(query.task).toBe(sample.task);
      if (query.task === "lrlm") expect(texts.join("")).not.toContain(query.chunk);
    }
  },
);
