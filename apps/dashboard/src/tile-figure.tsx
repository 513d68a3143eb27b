import type { ReactNode } from 'react';
import { Decimal, reasonText } from './figure-text.js';
import type { IndicatorRow, IndicatorSummary } from './indicator-api.js';
import { Text, useFormats, useText } from './language.js';
import { Sparkline } from './sparkline.js';
import type { Frequency } from './url-state.js';

/** Periods that a sparkline shows at most. */
const sparkPeriods: Readonly<Record<Frequency, number>> = { M: 24, Q: 12, A: 10 };

/** A tile's figure in large with its unit, its period, what is to be known of it, and its course. */
export const TileFigure = (props: {
  summary: IndicatorSummary;
  freq: Frequency;
  /** The series, of which `row` is the figure told. */
  rows: readonly IndicatorRow[];
  row: IndicatorRow;
  /** What stands below the period. */
  children?: ReactNode;
}) => {
  const { summary, freq, rows, row, children } = props;
  const formats = useFormats();
  return (
    <div className="tile-figure">
      <div>
        <p className="tile-value">
          <Decimal value={row.value} decimals={summary.decimals} />
        </p>
        <p className="tile-period">
          <span className="tile-unit">{formats.name(summary.unit)}</span>
          {formats.comma}
          <time dateTime={row.period}>{formats.period(row.period)}</time>
          {row.status === 'provisional' ? (
            <>
              {' '}
              <span className="mark" data-status="provisional">
                <Text of="status.provisional" />
              </span>
            </>
          ) : null}
          {row.note === 'at-least' ? (
            <>
              {' '}
              <Text of="note.at-least" />
            </>
          ) : null}
        </p>
        {children}
      </div>
      <Sparkline values={rows.slice(-sparkPeriods[freq]).map(({ value }) => value)} />
    </div>
  );
};

/** A tile of a series that has no figure yet: the sign of it, and why. */
export const TileWithoutFigure = ({ newest }: { newest: IndicatorRow | undefined }) => {
  const text = useText();
  const reason = newest?.reason ?? 'no-data';
  return (
    <>
      <p className="tile-value">
        <Decimal value={null} decimals={0} reason={reason} />
      </p>
      <p className="tile-note">{reasonText(reason, text)}</p>
    </>
  );
};
