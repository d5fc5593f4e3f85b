import { AlertDialog } from "@base-ui/react/alert-dialog";
import type { ReactNode } from "react";

interface ConfirmDeleteProps {
  readonly title: ReactNode;
  /** What goes, and what bringing it back would take. */
  readonly children: ReactNode;
  readonly keep: string;
  readonly remove: string;
  readonly onRemove: () => void;
  /** What opens it, where it is not opened from elsewhere. */
  readonly trigger?: { readonly label: string; readonly className: string };
  readonly isOpen?: boolean;
  readonly onClose?: () => void;
}

/** Asks before something goes that cannot be had back at once; the way that keeps it comes first. */
export function ConfirmDelete({
  title,
  children,
  keep,
  remove,
  onRemove,
  trigger,
  ...own
}: ConfirmDeleteProps) {
  const { isOpen, onClose } = own;
  return (
    <AlertDialog.Root
      {...(isOpen !== undefined && { open: isOpen, onOpenChange: (open: boolean) => !open && onClose?.() })}
    >
      {trigger && <AlertDialog.Trigger className={trigger.className}>{trigger.label}</AlertDialog.Trigger>}
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" forceRender />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
          <AlertDialog.Description>{children}</AlertDialog.Description>
          <p className="dialog-foot">
            <AlertDialog.Close className="button">{keep}</AlertDialog.Close>
            <AlertDialog.Close className="button danger" onClick={onRemove}>
              {remove}
            </AlertDialog.Close>
          </p>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
