import { expect, test } from "vitest";
import { createReport } from "./report.ts";

function written(isTTY: boolean): string {
  let text = "";
  const write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  const report = createReport({ isTTY, write: write as NodeJS.WriteStream["write"] });
  const file = "model.safetensors";
  const download = {
    phase: "download",
    file,
    totalBytes: 4e6,
    bytesPerSecond: 1e6,
    secondsLeft: 2.2,
  } as const;
  report.progress({ ...download, doneBytes: 0, totalBytes: null });
  report.progress({ ...download, doneBytes: 2e6 });
  report.progress({ phase: "convert", file: "onnx/model.onnx", doneBytes: 1e6, totalBytes: 8e6 });
  report.end();
  return text;
}

test("a log gets one line a phase and file", () => {
  expect(written(false)).toBe("downloading model.safetensors\nconverting onnx/model.onnx\n");
});

test("a terminal gets one line a phase and file that changes in place", () => {
  const lines = written(true).split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\rdownloading model\.safetensors: 0\.0 MB, 1\.0 MB\/s, 3 s left/);
  expect(lines[1]).toContain("converting onnx/model.onnx: 1.0 MB of 8.0 MB");
});
