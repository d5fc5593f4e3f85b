import { clockAt } from "../base/person-clock.ts";
import { UNSPACED } from "../base/unspaced.ts";
import type { Where, WhereDocument } from "chromadb";
import type { CorpusFilter } from "../contract/index.ts";
import { tagKey } from "./records.ts";

/** The same conditions in Chroma's words; undefined where nothing is left out. */
export function toWhere(filter: CorpusFilter = {}): Where | undefined {
  const { sources, tags, fromMs, untilMs, beforeOrdinal } = filter;
  const conditions: Where[] = [];
  if (sources) {
    const plain = sources.filter((one) => one.fromOrdinal === undefined && one.beforeOrdinal === undefined);
    const parts = sources.filter((one) => !plain.includes(one));
    const anyOf: Where[] = parts.map(({ digest, fromOrdinal, beforeOrdinal: before }) =>
      allOf([
        { digest },
        ...(fromOrdinal === undefined ? [] : [{ ordinal: { $gte: fromOrdinal } }]),
        ...(before === undefined ? [] : [{ ordinal: { $lt: before } }]),
      ]),
    );
    // Chroma takes no empty list.
    const digests = plain.map(({ digest }) => digest);
    if (digests.length > 0 || anyOf.length === 0)
      anyOf.push({ digest: { $in: digests.length > 0 ? digests : [""] } });
    conditions.push(oneOf(anyOf));
  }
  if (tags) conditions.push(oneOf((tags.length > 0 ? tags : [""]).map((tag) => ({ [tagKey(tag)]: true }))));
  // A time without a zone counts on the clock of the person who searches, wherever it was pushed.
  const [from, until] = [fromMs, untilMs].map((ms) => (ms === undefined ? ms : Math.ceil(ms)));
  if (from !== undefined)
    conditions.push(oneOf([{ timeMs: { $gte: from } }, { clockMs: { $gte: clockAt(from) } }]));
  if (until !== undefined)
    conditions.push(oneOf([{ timeMs: { $lt: until } }, { clockMs: { $lt: clockAt(until) } }]));
  if (beforeOrdinal !== undefined) conditions.push({ ordinal: { $lt: beforeOrdinal } });
  return conditions.length === 0 ? undefined : allOf(conditions);
}

function allOf(conditions: readonly Where[]): Where {
  const [only] = conditions;
  return only && conditions.length === 1 ? only : { $and: [...conditions] };
}

function oneOf(conditions: readonly Where[]): Where {
  const [only] = conditions;
  return only && conditions.length === 1 ? only : { $or: [...conditions] };
}

const HAS_UNSPACED = new RegExp(`[${UNSPACED}]`, "u");

/** Documents with a word, whole and in any case; `contains` for servers without patterns, which tell cases apart. */
export function toWhereDocument(word: string, by: "regex" | "contains"): WhereDocument {
  if (by === "contains") {
    const forms = new Set([word, word.toLowerCase(), capital(word), word.toUpperCase()]);
    const conditions = [...forms].map((form) => ({ $contains: form }));
    const [only] = conditions;
    return only && conditions.length === 1 ? only : { $or: conditions };
  }
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return { $regex: HAS_UNSPACED.test(word) ? literal : `(?i)\\b${literal}\\b` };
}

function capital(word: string): string {
  const [first = "", ...rest] = Array.from(word.toLowerCase());
  return first.toUpperCase() + rest.join("");
}
