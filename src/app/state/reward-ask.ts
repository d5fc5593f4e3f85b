import { REWARDED_TASKS, type AnswerRecord, type RewardRequest } from "../../contract/index.ts";
import type { AppState } from "./store.ts";

/** Fewer leave nothing to tell apart. */
const FEWEST_SOURCES = 2;

/** Name of the model that would say which sources helped; null where none can be asked, or the task has no such answers. */
export function rewardAsk({ answers }: AppState, { query, sources }: AnswerRecord): string | null {
  if (!REWARDED_TASKS.some((task) => task === query.task) || sources.length < FEWEST_SOURCES) return null;
  const { generator, server, device } = answers;
  if (generator === "server") return server.model === "" ? null : server.model;
  if (generator !== "device") return null;
  return device.models?.find(({ id }) => id === device.chosen)?.name ?? null;
}

/** Whom to ask. The key stays with the page. */
export function rewardServer({ answers }: AppState): Pick<RewardRequest, "server" | "model"> {
  const { generator, server, device } = answers;
  if (generator === "device") return { server: null, model: device.chosen ?? "" };
  const { url, key, model } = server;
  return { server: { url, ...(key !== "" && { key }) }, model };
}
