import type { FunctionCall } from "../../contract/index.ts";
import { answers as english } from "../words/en/answers.ts";
import { useWords } from "../words/words.ts";

/** The calls that a model would make, as it wrote them. Nothing here makes one. */
export function Calls({ calls }: { readonly calls: readonly FunctionCall[] }) {
  const words = useWords("answers", english);
  if (calls.length === 0) return null;
  return (
    <section className="calls" aria-label={words.calls}>
      <h3>{words.calls}</h3>
      <p className="quiet">{words.callsAbout}</p>
      {calls.map((call, place) => (
        <Call key={place} call={call} />
      ))}
    </section>
  );
}

function Call({ call }: { readonly call: FunctionCall }) {
  const words = useWords("answers", english);
  const shown = indented(call.arguments);
  return (
    <>
      <p>
        <code>{call.name}</code>
      </p>
      {shown === null && <p className="warning">{words.brokenArguments}</p>}
      <pre className="prompt-text" tabIndex={0}>
        {shown ?? call.arguments}
      </pre>
    </>
  );
}

/** null when it is not JSON. */
function indented(json: string): string | null {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return null;
  }
}
