import { Suspense, useState } from 'react';
import { Text, useText } from '../language.js';
import type { TakenFigure } from './taken-figure.js';
import { part } from '../part.js';

const TakeAwayDialog = part(() => import('./take-away-dialog.js'));

/** Opens the ways to take a figure away; they are loaded when they are first wanted. */
export const TakeAwayButton = ({ figure }: { figure: TakenFigure }) => {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="quiet-button take-away"
        aria-haspopup="dialog"
        aria-label={text('take.button.of', { title: figure.title })}
        onClick={() => setOpen(true)}
      >
        <Text of="take.button" />
      </button>
      {open ? (
        <Suspense fallback={null}>
          <TakeAwayDialog figure={figure} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
};
