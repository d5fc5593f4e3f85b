/** One format in a process of its own, so that its peak memory is its own: measure.ts <format> <file> <rounds> */
import { readFileSync } from "node:fs";
import { isSextantError } from "../../src/contract/index.ts";
import { importFile } from "../../src/ingest/index.ts";
import { median, timed } from "../timing.ts";
import { MATERIAL } from "./material.ts";

/** What any file may take beyond itself: the library that reads it, what the collector of garbage has not freed yet … */
const BASE_MEGABYTES = 500;
/** … and its text, twice a character, its passages, and as much again while they are made. */
const TIMES_THE_FILE = 3;

/** As fast as counting can be: the tokenizer is measured by the suite `embed`. */
const tools = { countTokens: (text: string) => Math.ceil(text.length / 4) };

const [format = "", file = "", rounds = ""] = process.argv.slice(2);
const material = MATERIAL[format];
if (material === undefined) throw new Error(`No material is called ${format}`);
const content = new Uint8Array(readFileSync(file));
const before = process.resourceUsage().maxRSS;
let passages = 0;
const once = async (): Promise<void> => {
  const { drafts } = await importFile({ name: material.name, content }, material.kind, tools).catch(
    (error: unknown) => {
      if (isSextantError(error)) throw new Error(error.message);
      throw error;
    },
  );
  if (passages !== 0 && drafts.length !== passages) throw new Error("The same file was cut in two ways");
  passages = drafts.length;
};
const firstMs = await timed(once);
const times: number[] = [];
const cpuBefore = rounds === "0" ? { user: 0, system: 0 } : process.cpuUsage();
for (let round = 0; round < Number(rounds); round++) times.push(await timed(once));
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6 / Math.max(1, times.length);
const seconds = median(times.length > 0 ? times : [firstMs]) / 1000;
const megabytes = content.byteLength / 1e6;
const toMegabytes = (kilobytes: number): number => Math.round((kilobytes * 1024) / 1e6);
const peak = process.resourceUsage().maxRSS;
console.log(
  JSON.stringify({
    format,
    megabytes: Number(megabytes.toFixed(3)),
    passages,
    firstMs: Math.round(firstMs),
    megabytesPerSecond: Number((megabytes / seconds).toFixed(2)),
    megabytesPerCpuSecond: Number((megabytes / cpuSeconds).toFixed(2)),
    passagesPerSecond: Math.round(passages / seconds),
    peakMegabytes: toMegabytes(peak),
    beyondFileMegabytes: toMegabytes(peak - before),
    isBounded: toMegabytes(peak - before) <= BASE_MEGABYTES + TIMES_THE_FILE * megabytes,
  }),
);
