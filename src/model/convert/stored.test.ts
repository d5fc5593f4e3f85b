import { expect, test } from "vitest";
import { DTYPES } from "../../contract/index.ts";
import { randomCheckpoint } from "./graphs/bert.contract.ts";
import { transpose } from "./matrix.ts";
import { storeInMemory } from "./testing/store-in-memory.ts";

const config = {
  hidden: 32,
  layers: 1,
  heads: 2,
  intermediate: 48,
  vocabulary: 20,
  positions: 8,
  epsilon: 1e-12,
};

test.each(DTYPES)("%s gives a matrix as it was published and as it is multiplied", async (dtype) => {
  const checkpoint = randomCheckpoint(config);
  const stored = await storeInMemory({ config, checkpoint, dtype });
  const name = "encoder.layer.0.output.dense.weight";
  const published = stored.published(name, 48, 32);
  expect(stored.matrix(name, 48, 32)).toEqual(transpose(published, 32));
  const exact = await checkpoint.readFloat(name);
  const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  const error = Math.sqrt(squares(exact.map((value, i) => value - (published[i] ?? 0))) / squares(exact));
  expect(error).toBeLessThan({ fp32: 1e-9, fp16: 1e-3, q8: 0.01, q4: 0.09 }[dtype]);
});
