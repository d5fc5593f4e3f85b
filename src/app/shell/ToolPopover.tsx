import { lazy, Suspense, useRef, useState, type ReactNode } from "react";
import { useWasTrue } from "./use-was-true.ts";

const ToolPopup = lazy(async () => ({ default: (await import("./ToolPopup.tsx")).ToolPopup }));

export interface ToolPopoverProps {
  readonly title: string;
  /** On the button. */
  readonly caption: ReactNode;
  /** What the button is called where its caption does not say it. */
  readonly label?: string;
  readonly degraded?: boolean;
  readonly wide?: boolean;
  readonly onOpen?: () => void;
  readonly children: (close: () => void) => ReactNode;
}

/** A button of the masthead and what it opens below it; that part is loaded when it is first pressed. */
export function ToolPopover(props: ToolPopoverProps) {
  const { title, caption, label, degraded, wide = false, onOpen, children } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const wasOpen = useWasTrue(open);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={label}
        data-degraded={degraded || undefined}
        onClick={() => {
          setOpen(!open);
          if (!open) onOpen?.();
        }}
      >
        {caption}
      </button>
      <Suspense>
        {wasOpen && (
          <ToolPopup title={title} wide={wide} anchor={button} open={open} onClose={() => setOpen(false)}>
            {children(() => setOpen(false))}
          </ToolPopup>
        )}
      </Suspense>
    </>
  );
}
