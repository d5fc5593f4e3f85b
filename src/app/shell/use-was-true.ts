import { useState } from "react";

/** Whether it is so now or was before: what was loaded once stays, so that it can close as it opened. */
export function useWasTrue(now: boolean): boolean {
  const [was, setWas] = useState(now);
  if (now && !was) setWas(true);
  return now || was;
}
