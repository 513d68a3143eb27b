import { useId, type ReactNode } from 'react';
import { TakeAwayButton } from '../take-away/take-away-button.js';
import type { TakenFigure } from '../take-away/taken-figure.js';

/** A card of a page: its heading with what belongs beside it, and what it tells. */
export const Card = (props: {
  name: string;
  title: ReactNode;
  note?: ReactNode;
  legend?: ReactNode;
  /** How its figures may be taken away. */
  takeAway?: TakenFigure | undefined;
  children: ReactNode;
}) => {
  const { name, title, note, legend, takeAway, children } = props;
  const id = useId();
  return (
    <section className="card" aria-labelledby={id} data-card={name}>
      <div className="card-heading">
        <div>
          <h3 id={id}>{title}</h3>
          {note === undefined || note === null ? null : <p className="faint">{note}</p>}
        </div>
        {legend}
        {takeAway === undefined ? null : <TakeAwayButton figure={takeAway} />}
      </div>
      {children}
    </section>
  );
};
