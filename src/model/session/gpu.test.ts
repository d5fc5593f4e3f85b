import { expect, test } from "vitest";
import { deviceRequest } from "./gpu.ts";

function request(features: readonly GPUFeatureName[], subgroupMinSize?: number): Iterable<GPUFeatureName> {
  const adapter = { features: new Set(features), limits: { maxBufferSize: 7 }, info: { subgroupMinSize } };
  const asked = deviceRequest(adapter as unknown as GPUAdapter);
  expect(asked.requiredLimits).toMatchObject({ maxBufferSize: 7 });
  return asked.requiredFeatures ?? [];
}

test("half precision is asked for where it is offered, nothing else that is not needed", () => {
  expect(request(["shader-f16", "timestamp-query", "float32-filterable"])).toEqual(["shader-f16"]);
  expect(request(["timestamp-query"])).toEqual([]);
});

test("subgroups are asked for from the size on with which attention is right", () => {
  expect(request(["subgroups"], 4)).toEqual([]);
  expect(request(["subgroups"], 8)).toEqual([]);
  expect(request(["subgroups"], 32)).toEqual(["subgroups"]);
  expect(request(["subgroups"])).toEqual([]);
  expect(request(["shader-f16", "subgroups"], 16)).toEqual(["shader-f16", "subgroups"]);
});
