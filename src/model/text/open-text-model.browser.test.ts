import { expect, test } from "vitest";
import { openTextModel } from "./open-text-model.ts";
import { ALWAYS, createNextWordModel } from "./testing/next-word-model.ts";

const ASK = [{ role: "user", content: "how long" }] as const;

test("a published graph writes word by word, and ends by itself or at a limit", async () => {
  const contents = createNextWordModel();
  const model = await openTextModel({ name: "next word", contents, dtype: "fp32", device: null, threads: 1 });
  const pieces: string[] = [];
  const onText = (text: string): void => void pieces.push(text);
  const whole = await model.write(ASK, { maxTokens: 50, onText });
  expect(pieces.join("").trim()).toBe(ALWAYS);
  expect(pieces.filter((piece) => piece.trim() !== "").length).toBeGreaterThan(2);
  expect(whole).toMatchObject({ finish: "stop", promptTokens: 5 });

  pieces.length = 0;
  expect(await model.write(ASK, { maxTokens: 2, onText })).toMatchObject({
    finish: "length",
    answerTokens: 2,
  });
  expect(pieces.join("").trim()).toBe("three minutes");
  await model.close();
});
