/** One format in a process of its own, so that its peak memory is its own: measure.ts <format> <bytes> <rounds> */
import { isSextantError } from "../../src/contract/index.ts";
import { importFile } from "../../src/ingest/index.ts";
import { median, timed } from "../timing.ts";
import { MATERIAL } from "./material.ts";

/** As fast as counting can be: the tokenizer is measured by the suite `embed`. */
const tools = { countTokens: (text: string) => Math.ceil(text.length / 4) };

const [format = "", bytes = "", rounds = ""] = process.argv.slice(2);
const material = MATERIAL[format];
if (material === undefined) throw new Error(`No material is called ${format}`);
const content = material.make(Number(bytes));
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
const cpuBefore = process.cpuUsage();
for (let round = 0; round < Number(rounds); round++) times.push(await timed(once));
const cpu = process.cpuUsage(cpuBefore);
const cpuSeconds = (cpu.user + cpu.system) / 1e6 / times.length;
const seconds = median(times) / 1000;
const megabytes = content.byteLength / 1e6;
console.log(
  JSON.stringify({
    format,
    megabytes: Number(megabytes.toFixed(3)),
    passages,
    firstMs: Math.round(firstMs),
    megabytesPerSecond: Number((megabytes / seconds).toFixed(2)),
    megabytesPerCpuSecond: Number((megabytes / cpuSeconds).toFixed(2)),
    passagesPerSecond: Math.round(passages / seconds),
    peakMegabytes: Math.round((process.resourceUsage().maxRSS * 1024) / 1e6),
    peakBeforeMegabytes: Math.round((before * 1024) / 1e6),
  }),
);
