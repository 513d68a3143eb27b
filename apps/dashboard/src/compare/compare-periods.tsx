import { useQuery } from '@tanstack/react-query';
import { Decimal } from '../figure-text.js';
import type { RevisionEffects } from '../indicator-api.js';
import { indicatorQuery } from '../indicator-queries.js';
import { Text, useFormats } from '../language.js';
import { useDimensionNames } from '../use-dimensions.js';
import type { ComparedFigure, IndicatorComparison } from './comparison-api.js';
import { FlipMark } from './effects.js';
import type { Compared } from './use-comparison.js';

/** Rows that are shown at most; the download of either position has them all. */
const mostRows = 60;

type Part = keyof RevisionEffects;

/** Of what a revision is made: the definition is one of the parts where another one was in force. */
const partsOf = ({ redefined }: IndicatorComparison): readonly Part[] =>
  redefined ? ['definition', 'late', 'corrections'] : ['late', 'corrections'];

const Row = (props: { figure: ComparedFigure; names: string; decimals: number; parts: readonly Part[] }) => {
  const { figure, names, decimals, parts } = props;
  const formats = useFormats();
  return (
    <tr data-period={figure.period} data-fate={figure.fate}>
      <th scope="row">
        <span className="month">{formats.period(figure.period)}</span>
        {names === '' ? null : <span className="faint"> {names}</span>}
      </th>
      <td className="numeric" data-column="from">
        <Decimal value={figure.old} decimals={decimals} />
      </td>
      <td className="numeric" data-column="to">
        <Decimal value={figure.new} decimals={decimals} />
      </td>
      <td className="numeric" data-column="difference">
        <Decimal value={figure.difference} decimals={decimals} signed />
      </td>
      {parts.map((part) => (
        <td key={part} className="numeric" data-column={part}>
          {figure.effects === null ? null : (
            <Decimal value={figure.effects[part]} decimals={decimals} signed />
          )}
        </td>
      ))}
      <td>
        <span className="mark" data-fate={figure.fate}>
          <Text of={`compare.fate.${figure.fate}`} />
        </span>{' '}
        {figure.fate === 'revised' ? <FlipMark changes={figure.changes} /> : null}
      </td>
    </tr>
  );
};

/** Every period of an indicator that the two positions tell differently, newest first. */
export const ComparePeriods = (props: { comparison: IndicatorComparison; compared: Compared }) => {
  const { comparison, compared } = props;
  const { figures, by, decimals, indicator } = comparison;
  const parts = partsOf(comparison);
  const formats = useFormats();
  const about = useQuery({ ...indicatorQuery(indicator), enabled: by.length > 0 });
  const names = useDimensionNames(about.data?.dataflows);
  const comma = formats.comma;
  if (figures.length === 0)
    return (
      <p>
        <Text of="compare.found.none" />
      </p>
    );
  return (
    <div className="table-frame series-frame" role="region" aria-labelledby="compare-periods" tabIndex={0}>
      <table className="figures" data-figures="compare-periods">
        <caption id="compare-periods">
          <span>
            <Text
              of="compare.periods"
              values={{
                shown: formats.whole(BigInt(Math.min(figures.length, mostRows))),
                all: formats.whole(BigInt(figures.length)),
              }}
            />
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Text of="indicator.table.period" />
            </th>
            <th scope="col" className="numeric">
              {compared.from}
            </th>
            <th scope="col" className="numeric">
              {compared.to}
            </th>
            <th scope="col" className="numeric">
              <Text of="compare.column.difference" />
            </th>
            {parts.map((part) => (
              <th key={part} scope="col" className="numeric">
                <Text of={`compare.column.${part}`} />
              </th>
            ))}
            <th scope="col">
              <Text of="compare.column.fate" />
            </th>
          </tr>
        </thead>
        <tbody>
          {figures
            .toReversed()
            .slice(0, mostRows)
            .map((figure) => (
              <Row
                key={[figure.period, ...figure.codes].join('|')}
                figure={figure}
                names={figure.codes.map((code, i) => names.ofCode(by[i] ?? '', code)).join(comma)}
                decimals={decimals}
                parts={parts}
              />
            ))}
        </tbody>
      </table>
    </div>
  );
};
