import type { Frequency } from './url-state.js';
import type { IndicatorRow, IndicatorSummary, Reason } from './indicator-api.js';
import { Num, Text, useFormats, useText, type Say } from './language.js';
import type { Formats } from './formats.js';

/** What writing a figure needs to know of its indicator. */
export type Described = Pick<IndicatorSummary, 'decimals' | 'unit' | 'kind'>;

/** Decimals of a change in per cent, as the API rounds them. */
const percentDecimals = 2;

/** Why there is no figure, in words. */
export const reasonText = (reason: Reason | undefined, say: Say): string => say(`reason.${reason ?? 'none'}`);

/** Figure and unit as plain text, for sentences, labels and tooltips. */
export const figureText = (
  value: string | null,
  of: Described,
  formats: Formats,
  say: Say,
  reason?: Reason,
): string =>
  value === null
    ? reasonText(reason, say)
    : `${formats.decimal(value, of.decimals)} ${formats.name(of.unit)}`;

/** An exact figure without its unit, or a dash whose reason can be read and is told to a screen reader. */
export const Decimal = (props: {
  value: string | null | undefined;
  decimals: number;
  signed?: boolean;
  reason?: Reason | undefined;
}) => {
  const { value, decimals, signed, reason } = props;
  const formats = useFormats();
  const text = useText();
  if (value !== null && value !== undefined)
    return (
      <Num>{signed === true ? formats.signedDecimal(value, decimals) : formats.decimal(value, decimals)}</Num>
    );
  const why = reasonText(reason, text);
  return (
    <span className="undefined" title={why}>
      <span aria-hidden="true">–</span>
      <span className="unseen">{why}</span>
    </span>
  );
};

const arrowOf = (value: string): string => (/[1-9]/.test(value) ? (value.startsWith('-') ? '▼' : '▲') : '■');

/** Differences of percentages are percentage points; other shares differ in their own unit. */
const inPercent = ({ unit }: Described): boolean => unit.en === '%';

/** A change with its direction, in points for shares and in units and per cent for levels. */
export const ChangeFigure = (props: {
  row: IndicatorRow;
  against: 'previous' | 'year';
  of: Described;
  /** The bare number, where a heading says what it is. */
  compact?: boolean;
}) => {
  const { row, against, of, compact } = props;
  const formats = useFormats();
  const change = row[`change_${against}`] ?? null;
  const percent = row[`change_${against}_percent`] ?? null;
  if (change === null)
    return (
      <span className="undefined">
        <Text of="change.none" />
      </span>
    );
  const absolute = <Num key="value">{formats.signedDecimal(change, of.decimals)}</Num>;
  return (
    <span className="change">
      <span aria-hidden="true" className="arrow">
        {arrowOf(change)}
      </span>{' '}
      {of.kind === 'share' ? (
        inPercent(of) && compact !== true ? (
          <Text of="change.points" values={{ value: absolute }} />
        ) : (
          absolute
        )
      ) : percent === null || compact === true ? (
        absolute
      ) : (
        <>
          {absolute} (
          <Text
            of="change.percent"
            values={{ value: <Num key="percent">{formats.signedDecimal(percent, percentDecimals)}</Num> }}
          />
          )
        </>
      )}
    </span>
  );
};

/** The words a change is told with: on the month before, on the same quarter a year before. */
export const AgainstText = ({ against, freq }: { against: 'previous' | 'year'; freq: Frequency }) => (
  <Text of={`change.${against}.${freq}`} />
);
