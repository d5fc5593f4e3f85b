import { expect, test } from "vitest";
import { TASK_IDS } from "../../contract/index.ts";
import { DEFAULT_VIEW, formatView, FUSIONS, MODES, parseView, POLICIES, type View } from "./url.ts";

test("every view comes back from its address", () => {
  for (const task of TASK_IDS)
    for (const mode of MODES)
      for (const fusion of FUSIONS)
        for (const policy of POLICIES) {
          const state = task === "lrlm" ? { sourceId: 12, cursor: 340 } : DEFAULT_VIEW.state;
          const view: View = { spec: { task, mode, fusion, policy }, state };
          expect(parseView(formatView(view))).toEqual(view);
        }
});

test("what an address does not say, or says wrongly, is as usual", () => {
  expect(parseView("")).toEqual(DEFAULT_VIEW);
  expect(parseView("?task=map&mode=psychic&fusion=&policy=none&text=-1&cursor=1e9")).toEqual(DEFAULT_VIEW);
  expect(parseView("?task=tool&text=7").spec.task).toBe("tool");
});

test("the usual view has a short address", () => {
  expect(formatView(DEFAULT_VIEW)).toBe("?task=qa");
});
