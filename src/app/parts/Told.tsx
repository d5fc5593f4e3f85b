import { errors } from "../words/en/errors.ts";
import { useWords } from "../words/words.ts";

interface ToldProps {
  readonly code: string;
  readonly message: string;
}

/**
 * What an error says: the engine's own sentence, and before it what its code means where English is not spoken. A
 * sentence of the app's own is in the language spoken already: it ends with that language's full stop.
 */
export function Told({ code, message }: ToldProps) {
  const meaning = useWords("errors", errors)[code];
  if (meaning === undefined || message.endsWith("。")) return message;
  return (
    <>
      {meaning}{" "}
      <span className="quiet" lang="en" dir="ltr">
        {message}
      </span>
    </>
  );
}
