import { Decimal } from '../figure-text.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { Text, useFormats } from '../language.js';
import { PageLink } from '../page-link.js';
import { pageUrl, type UrlState } from '../url-state.js';
import type { IndicatorComparison, Point } from './comparison-api.js';
import { DefinitionEffect, FlipMark } from './effects.js';
import type { Compared } from './use-comparison.js';

const PointCell = ({
  point,
  decimals,
  column,
}: {
  point: Point | null;
  decimals: number;
  column: string;
}) => {
  const formats = useFormats();
  return (
    <td className="numeric" data-column={column}>
      <Decimal value={point?.value} decimals={decimals} />
      {point === null ? null : <span className="faint compare-period">{formats.period(point.period)}</span>}
    </td>
  );
};

const Row = (props: {
  url: UrlState;
  comparison: IndicatorComparison;
  summary: IndicatorSummary | undefined;
}) => {
  const { url, comparison, summary } = props;
  const { headline, decimals, indicator, freq } = comparison;
  const formats = useFormats();
  const effects = headline?.effects ?? undefined;
  const effect = (column: 'newPeriod' | 'late' | 'corrections') => (
    <td className="numeric" data-column={column}>
      <Decimal value={effects?.[column]} decimals={decimals} signed />
    </td>
  );
  return (
    <tr data-indicator={indicator}>
      <th scope="row">
        <PageLink to={pageUrl(url, 'indicator', { indicator, freq: freq === 'M' ? undefined : freq })}>
          {summary === undefined ? indicator : formats.name(summary.name)}
        </PageLink>{' '}
        {summary === undefined ? null : <span className="faint">{formats.name(summary.unit)}</span>}{' '}
        <FlipMark changes={headline?.changes ?? null} />
      </th>
      <PointCell point={headline?.old ?? null} decimals={decimals} column="from" />
      <PointCell point={headline?.new ?? null} decimals={decimals} column="to" />
      <td className="numeric" data-column="difference">
        <strong>
          <Decimal value={headline?.difference} decimals={decimals} signed />
        </strong>
      </td>
      {effect('newPeriod')}
      {effect('late')}
      {effect('corrections')}
      <td className="numeric" data-column="definition">
        <DefinitionEffect value={effects?.definition} redefined={comparison.redefined} decimals={decimals} />
      </td>
    </tr>
  );
};

const columns = ['difference', 'newPeriod', 'late', 'corrections', 'definition'] as const;

/** Indicators at two positions side by side, a row each, with what the differences are made of. */
export const CompareTable = (props: {
  url: UrlState;
  compared: Compared;
  indicators: readonly IndicatorComparison[];
  catalogue: readonly IndicatorSummary[];
  areaName: string;
}) => {
  const { url, compared, indicators, catalogue, areaName } = props;
  const { from, to } = compared;
  return (
    <div className="table-frame" role="region" aria-labelledby="compare-caption" tabIndex={0}>
      <table className="figures compare-figures" data-figures="compare">
        <caption id="compare-caption">
          <span>
            <Text of="compare.caption" values={{ from, to, area: areaName }} />
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Text of="area.indicator" />
            </th>
            <th scope="col" className="numeric">
              {from}
            </th>
            <th scope="col" className="numeric">
              {to}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" className="numeric">
                <Text of={`compare.column.${column}`} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indicators.map((comparison) => (
            <Row
              key={comparison.indicator}
              url={url}
              comparison={comparison}
              summary={catalogue.find(({ code }) => code === comparison.indicator)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
};
