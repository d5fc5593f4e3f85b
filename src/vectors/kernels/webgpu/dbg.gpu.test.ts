import { expect, test } from "vitest";
import { APPEND_SHADER } from "./shaders/append.ts";
import { COLLECT_SHADER } from "./shaders/collect.ts";
import { COPY_SHADER } from "./shaders/copy.ts";
import { scanShader } from "./shaders/scan.ts";
import { SELECT_SHADER } from "./shaders/select.ts";
test("compiles", async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const device = await adapter!.requestDevice({ requiredFeatures: ["subgroups"] });
  const all: string[] = [];
  for (const code of [APPEND_SHADER, COLLECT_SHADER, COPY_SHADER, SELECT_SHADER, scanShader({packed:true,subgroups:true},4), scanShader({packed:false,subgroups:false},1)]) {
    const info = await device.createShaderModule({ code }).getCompilationInfo();
    for (const m of info.messages) all.push(`${code.slice(0,40)} ${m.lineNum}: ${m.message} :: ${code.split("\n")[m.lineNum-1]}`);
  }
  expect(all).toEqual([]);
});
