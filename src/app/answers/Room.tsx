import { useEffect } from "react";
import type { TaskId } from "../../contract/index.ts";
import { formatCount } from "../parts/format.ts";
import type { PromptParts } from "../state/answer-parts.ts";
import { useActions, useApp } from "../state/context.tsx";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

/** Measuring opens a session of the browser's model: not for every letter that is typed. */
const PAUSE_MS = 400;

interface RoomProps {
  readonly task: TaskId;
  readonly parts: PromptParts;
}

/** How much of what the browser's model can read the prompt takes. */
export function Room({ task, parts }: RoomProps) {
  const words = useWords("answers", english);
  const { state, room } = useApp((all) => all.answers.browser);
  const { answers } = useActions();
  useEffect(() => {
    if (state !== "ready") return undefined;
    const timer = setTimeout(() => void answers.measure(task), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [answers, task, state, parts]);
  if (state !== "ready" || room === null) return null;
  return (
    <p className={room.used > room.window ? "warning" : "quiet"}>
      {words.window(formatCount(room.used), formatCount(room.window))}{" "}
      {room.used > room.window && words.tooLong}
    </p>
  );
}
