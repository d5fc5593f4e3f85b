import { Popover } from "@base-ui/react/popover";
import { Suspense, type ReactNode, type RefObject } from "react";

export interface ToolPopupProps {
  readonly title: string;
  readonly wide: boolean;
  /** The button that opened it: it stands there, and focus goes back there. */
  readonly anchor: RefObject<HTMLButtonElement | null>;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** What a button of the masthead opens. */
export function ToolPopup({ title, wide, anchor, open, onClose, children }: ToolPopupProps) {
  return (
    <Popover.Root
      open={open}
      onOpenChange={(next, { event }) => {
        // A press on the button is the button's own to answer.
        const onButton = event.target instanceof Node && anchor.current?.contains(event.target);
        if (!next && !onButton) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} sideOffset={8} align="end" collisionPadding={8}>
          <Popover.Popup className={wide ? "popover wide" : "popover"} finalFocus={anchor}>
            <Popover.Title className="popover-title">{title}</Popover.Title>
            <Suspense>{children}</Suspense>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
