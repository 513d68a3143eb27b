import { ChangeFigure, Decimal } from '../figure-text.js';
import type { IndicatorRow } from '../indicator-api.js';
import { Num, Text, useFormats } from '../language.js';
import { along, commonBase, indexedAt, scaleOf } from '../panel/mini.js';
import { MiniChart } from '../panel/mini-chart.js';
import { IndicatorLink } from '../panel/indicators-card.js';
import { periodsOf, revisionsOf } from '../panel/told.js';
import type { UrlState } from '../url-state.js';
import type { Standing } from './standings.js';

const box = { width: 180, height: 44, margin: 4 } as const;

export type AreaStanding = Standing & { readonly name: string; readonly country: readonly IndicatorRow[] };

/** Both lines: shares as they are, levels from a common beginning of 100. */
const linesOf = ({ told, country }: AreaStanding) => {
  const periods = periodsOf([told, { ...told, rows: country }]);
  const [own, whole] = [along(periods, told.rows), along(periods, country)];
  if (told.summary.kind === 'share') return { own, other: whole };
  const base = commonBase(own, whole);
  const [first, second] = [indexedAt(own, base), indexedAt(whole, base)];
  return first === undefined || second === undefined
    ? { own, other: undefined }
    : { own: first, other: second };
};

const Course = ({ standing }: { standing: AreaStanding }) => {
  const { own, other } = linesOf(standing);
  return (
    <MiniChart
      own={own}
      other={other}
      scale={scaleOf(other === undefined ? [own] : [own, other])}
      box={box}
    />
  );
};

const Row = (props: { url: UrlState; standing: AreaStanding; rankless: boolean }) => {
  const { url, standing, rankless } = props;
  const { told, whole, here, rank, count } = standing;
  const { summary } = told;
  const formats = useFormats();
  const revised = revisionsOf(told).some(({ period }) => period === whole?.period);
  return (
    <tr data-indicator={summary.code}>
      <th scope="row">
        <IndicatorLink url={url} told={told} /> <span className="faint">{formats.name(summary.unit)}</span>
      </th>
      <td>{whole === undefined ? null : <span className="month">{formats.period(whole.period)}</span>}</td>
      <td className="numeric" data-column="here">
        <Decimal value={here?.value} decimals={summary.decimals} reason={here?.reason ?? 'no-data'} />
        {revised ? (
          <>
            <br />
            <span className="mark">
              <Text of="mark.revised" />
            </span>
          </>
        ) : null}
      </td>
      <td className="numeric">
        {here === undefined ? null : <ChangeFigure row={here} against="year" of={summary} />}
      </td>
      <td className="numeric" data-column="country">
        <Decimal value={whole?.value} decimals={summary.decimals} reason={whole?.reason ?? 'no-data'} />
      </td>
      <td className="numeric" data-column="rank">
        {rankless ? (
          <span className="skeleton skeleton-cell" aria-hidden="true" />
        ) : rank === undefined ? null : (
          <Text
            of="area.rank.of"
            values={{
              rank: <Num key="rank">{formats.whole(BigInt(rank))}</Num>,
              count: <Num key="count">{formats.whole(BigInt(count))}</Num>,
            }}
          />
        )}
      </td>
      <td className="area-charts">
        <Course standing={standing} />
      </td>
    </tr>
  );
};

const Legend = ({ areaName, countryName }: { areaName: string; countryName: string }) => (
  <ul className="mini-legend">
    <li>
      <span className="swatch" aria-hidden="true" />
      <Text of="area.legend.own" values={{ area: areaName }} />
    </li>
    <li>
      <span className="swatch" data-line="now" aria-hidden="true" />
      <Text of="area.legend.country" values={{ country: countryName }} />
    </li>
    <li>
      <Text of="area.legend.note" />
    </li>
  </ul>
);

/** The headline indicators of a province beside those of the country, with its place and its course. */
export const AreaTable = (props: {
  url: UrlState;
  standings: readonly AreaStanding[];
  /** The other provinces are still being read. */
  rankless: boolean;
  areaName: string;
  countryName: string;
}) => {
  const { url, standings, rankless, areaName, countryName } = props;
  return (
    <>
      <Legend areaName={areaName} countryName={countryName} />
      <div className="table-frame" role="region" aria-labelledby="area-caption" tabIndex={0}>
        <table className="figures" data-figures="area">
          <caption id="area-caption">
            <span>
              <Text of="area.caption" values={{ area: areaName, country: countryName }} />
            </span>
          </caption>
          <thead>
            <tr>
              <th scope="col">
                <Text of="area.indicator" />
              </th>
              <th scope="col">
                <Text of="area.period" />
              </th>
              <th scope="col" className="numeric">
                {areaName}
              </th>
              <th scope="col" className="numeric">
                <Text of="rank.year" />
              </th>
              <th scope="col" className="numeric">
                {countryName}
              </th>
              <th scope="col" className="numeric">
                <Text of="area.rank" />
              </th>
              <th scope="col" className="area-charts">
                <Text of="area.course" />
              </th>
            </tr>
          </thead>
          <tbody>
            {standings.map((standing) => (
              <Row key={standing.name} url={url} standing={standing} rankless={rankless} />
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};
