import type { AnswerSource, Closest } from "../../contract/index.ts";
import { useActions } from "../state/context.tsx";

/** Opens a source at its passage, or at the sentence of it that comes closest. */
export function useOpenSource(): (source: AnswerSource, closest?: Closest | null) => void {
  const { panel } = useActions();
  return ({ sourceId, sourceName: name, text, startUtf16, endUtf16 }, closest) => {
    // A passage that was not taken letter by letter from its source has no place for its sentences there.
    const isExact = endUtf16 - startUtf16 === text.length;
    panel.read(
      closest && isExact
        ? { sourceId, name, startUtf16: startUtf16 + closest.start, endUtf16: startUtf16 + closest.end }
        : { sourceId, name, startUtf16, endUtf16 },
    );
  };
}
