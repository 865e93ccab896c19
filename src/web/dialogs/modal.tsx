import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { CloseIcon } from '../icons.tsx';
import { strings } from '../strings.ts';

interface Props {
  readonly title: string;
  readonly wide?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * Something that lies over everything else. The browser's own dialog: what is under it cannot be
 * reached, Escape closes it, and the focus goes back to where it was.
 */
export function Modal({ title, wide = false, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  // The browser gives the focus to what asks for it in here, and back when this is closed.
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? 'modal wide' : 'modal'}
      aria-label={title}
      onClose={() => {
        // Once it has made way for another, it must not close that one.
        if (dialog.current !== null) onClose();
      }}
      onMouseDown={(event) => {
        if (event.target !== dialog.current) return;
        // The click would take the focus along.
        event.preventDefault();
        onClose();
      }}
    >
      <div class="modal-inside">
        <header class="modal-head">
          <h2>{title}</h2>
          <button
            type="button"
            class="icon-button"
            aria-label={strings.help.close}
            onClick={onClose}
          >
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
