import './styles/modal.css';
import { useEffect, useRef, type ReactNode } from 'react';
import { Text } from './language.js';

/** A window over the page: the browser keeps the focus inside, and Escape closes it. */
export const Modal = (props: { titleId: string; onClose: () => void; children: ReactNode }) => {
  const { titleId, onClose, children } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown === null || shown.open) return undefined;
    shown.showModal();
    return () => shown.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // outside of what is in it: on the ground behind
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className="modal-body">
        {children}
        <button type="button" className="modal-close" onClick={onClose}>
          <span aria-hidden="true">×</span>
          <span className="unseen">
            <Text of="modal.close" />
          </span>
        </button>
      </div>
    </dialog>
  );
};
