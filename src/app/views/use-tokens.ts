import { useEffect, useState } from "react";
import { useActions } from "../state/context.tsx";

/** How many tokens each text is for the model in use; null until it is counted. */
export function useTokens(texts: readonly string[]): readonly number[] | null {
  const { pictures } = useActions();
  const key = texts.join("\u0000");
  const [counted, setCounted] = useState<{ readonly key: string; readonly tokens: readonly number[] } | null>(
    null,
  );
  useEffect(() => {
    let isOld = false;
    void pictures.countTokens(key === "" ? [] : key.split("\u0000")).then((tokens) => {
      if (!isOld && tokens) setCounted({ key, tokens });
    });
    return () => {
      isOld = true;
    };
  }, [pictures, key]);
  return counted?.key === key ? counted.tokens : null;
}
