import '../styles/compare.css';
import { Decimal } from '../figure-text.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { Text, useFormats } from '../language.js';
import type { IndicatorComparison, Point } from './comparison-api.js';
import { EffectList, FlipMark } from './effects.js';

const Side = (props: { name: string; side: 'from' | 'to'; point: Point | null; decimals: number }) => {
  const { name, side, point, decimals } = props;
  const formats = useFormats();
  return (
    <div data-side={side}>
      <dt>{name}</dt>
      <dd>
        <Decimal value={point?.value} decimals={decimals} />
        {point === null ? null : (
          <time className="faint" dateTime={point.period}>
            {formats.period(point.period)}
          </time>
        )}
      </dd>
    </div>
  );
};

/** An indicator at two positions side by side, and what the difference of its newest figures is made of. */
export const CompareTile = (props: {
  comparison: IndicatorComparison;
  summary: IndicatorSummary;
  from: string;
  to: string;
}) => {
  const { comparison, summary, from, to } = props;
  const { headline, decimals } = comparison;
  const formats = useFormats();
  if (headline === null)
    return (
      <p className="tile-note">
        <Text of="compare.parts-only" />
      </p>
    );
  const { difference, effects } = headline;
  return (
    <>
      <dl className="compare-pair">
        <Side name={from} side="from" point={headline.old} decimals={decimals} />
        <Side name={to} side="to" point={headline.new} decimals={decimals} />
      </dl>
      {difference === null ? null : (
        <p className="compare-difference" data-difference="true">
          <span className="faint">
            <Text of="compare.difference" values={{ unit: formats.name(summary.unit) }} />
          </span>{' '}
          <strong>
            <Decimal value={difference} decimals={decimals} signed />
          </strong>{' '}
          <FlipMark changes={headline.changes} />
        </p>
      )}
      {effects === null ? null : (
        <EffectList effects={effects} redefined={comparison.redefined} decimals={decimals} />
      )}
    </>
  );
};
