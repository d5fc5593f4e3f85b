import { useEffect, useState } from "react";

interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
}

const CONFIRM_MS = 2000;

/** Copies a text and says that it did, or that it could not. */
export function CopyButton({ label, text }: CopyButtonProps) {
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
        {outcome === "copied" && "Copied"}
        {outcome === "refused" && "The browser refused: select and copy by hand"}
        {outcome === null && label}
      </span>
    </button>
  );
}
