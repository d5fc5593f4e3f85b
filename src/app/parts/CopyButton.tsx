import { useEffect, useState } from "react";
import { shell } from "../words/en/shell.ts";
import { useWords } from "../words/words.ts";

interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
}

const CONFIRM_MS = 2000;

/** Copies a text and says that it did, or that it could not. */
export function CopyButton({ label, text }: CopyButtonProps) {
  const words = useWords("shell", shell);
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return undefined;
    const timer = setTimeout(() => setOutcome(null), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  return (
    <button type="button" className="button" onClick={copy}>
      <span aria-live="polite">
        {outcome === "copied" && words.copied}
        {outcome === "refused" && words.copyRefused}
        {outcome === null && label}
      </span>
    </button>
  );
}
