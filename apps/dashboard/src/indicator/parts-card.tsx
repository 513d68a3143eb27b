import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { ChangeFigure, Decimal, reasonText } from '../figure-text.js';
import {
  indicatorAddress,
  type IndicatorAnswer,
  type IndicatorRow,
  type IndicatorSummary,
} from '../indicator-api.js';
import { figuresQuery } from '../indicator-queries.js';
import { Text, useFormats, useText } from '../language.js';
import { ProvinceMap } from '../map/province-map.js';
import { ProvinceTable } from '../map/province-table.js';
import { MapSummary } from '../overview/overview-map.js';
import { monthsOfPeriod } from '../periods.js';
import { latestFigure, rankedBy } from '../readings.js';
import { BlockSkeleton, Failure } from '../states.js';
import { metadataAddress } from '../take-away/addresses.js';
import { TakeAwayButton } from '../take-away/take-away-button.js';
import { changeUrl, type UrlState } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import type { DimensionNames } from '../use-dimensions.js';
import { navigate } from '../use-url.js';
import { partsQuestion, type View } from './view.js';

/** Share of the largest figure's size, for a bar. */
const lengthOf = (row: IndicatorRow, rows: readonly IndicatorRow[]): number => {
  const most = Math.max(...rows.map(({ value }) => Math.abs(Number(value ?? 0))));
  return most === 0 ? 0 : (Math.abs(Number(row.value ?? 0)) / most) * 100;
};

const PartsTable = (props: {
  rows: readonly IndicatorRow[];
  by: string;
  summary: IndicatorSummary;
  names: DimensionNames;
  areaName: string;
  period: string;
}) => {
  const { rows, by, summary, names, areaName, period } = props;
  const formats = useFormats();
  const text = useText();
  return (
    <div className="table-frame" role="region" aria-labelledby="parts-caption" tabIndex={0}>
      <table className="figures" data-figures="parts">
        <caption id="parts-caption">
          <span>
            <Text
              of="indicator.parts.caption"
              values={{
                indicator: formats.name(summary.name),
                area: areaName,
                period: formats.period(period),
                unit: formats.name(summary.unit),
              }}
            />
          </span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{names.ofDimension(by)}</th>
            <th scope="col" className="numeric">
              <Text of="table.value" />
            </th>
            <th scope="col" className="numeric">
              <Text of="rank.year" />
            </th>
          </tr>
        </thead>
        <tbody>
          {rankedBy(rows, by).map(({ code, row }) => (
            <tr key={code} data-code={code}>
              <th scope="row">
                <bdi>{names.ofCode(by, code)}</bdi>
                <span className="bar" aria-hidden="true">
                  <span
                    data-negative={row.value?.startsWith('-') === true}
                    style={{ insetInlineStart: 0, inlineSize: `${lengthOf(row, rows)}%` }}
                  />
                </span>
              </th>
              <td className="numeric" data-column="value">
                <Decimal value={row.value} decimals={summary.decimals} reason={row.reason} />
              </td>
              {row.value === null ? (
                <td className="reason">{reasonText(row.reason, text)}</td>
              ) : (
                <td className="numeric">
                  <ChangeFigure row={row} against="year" of={summary} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

const ByProvince = (props: {
  url: UrlState;
  rows: readonly IndicatorRow[];
  view: View;
  areas: Areas;
  period: string;
  whole: IndicatorRow | undefined;
}) => {
  const { url, rows, view, areas, period, whole } = props;
  const { summary } = view;
  const formats = useFormats();
  return (
    <div className="map-columns">
      <div>
        <ProvinceMap
          url={url}
          rows={rows}
          of={summary}
          nameOf={areas.nameOf}
          chosen={areas.isCountry ? undefined : areas.chosen}
          onChoose={(area) =>
            navigate(changeUrl(url, { area: area === url.area ? undefined : area, breakdown: 'area' }))
          }
        />
        <MapSummary rows={rows} whole={whole} summary={summary} areas={areas} />
      </div>
      <ProvinceTable
        url={changeUrl(url, { breakdown: 'area' })}
        rows={rows}
        of={summary}
        period={period}
        name={formats.name(summary.name)}
        nameOf={areas.nameOf}
      />
    </div>
  );
};

/** The country's own figure of that period, to stand beside those of the provinces. */
const useCountryRow = (view: View, areas: Areas, period: string | undefined, asKnownAt: string) => {
  const [from, to] = period === undefined ? [] : monthsOfPeriod(period);
  const query = useQuery({
    ...figuresQuery({
      indicator: view.summary.code,
      by: [],
      freq: view.freq,
      area: areas.country,
      ...(from === undefined || to === undefined ? {} : { from, to }),
      asKnownAt,
    }),
    enabled: period !== undefined && view.by === 'area' && view.hasWhole,
  });
  return query.data?.rows.at(-1);
};

/** The newest period in its parts: provinces as a map, anything else as bars. */
export const PartsCard = (props: {
  url: UrlState;
  view: View;
  areas: Areas;
  names: DimensionNames;
  areaName: string;
  /** The period to break down; undefined: the newest of which a part has a figure. */
  period: string | undefined;
}) => {
  const { url, view, areas, names, areaName } = props;
  const { summary, by } = view;
  const formats = useFormats();
  const asKnownAt = url.release ?? 'latest';
  const [from, to] = props.period === undefined ? [] : monthsOfPeriod(props.period);
  const range = from === undefined || to === undefined ? {} : { from, to };
  const query: UseQueryResult<IndicatorAnswer> = useQuery({
    ...figuresQuery({ ...partsQuestion(view, areas.country, range), asKnownAt }),
    enabled: by !== undefined,
  });
  const all = query.data?.rows ?? [];
  const period = props.period ?? (latestFigure(all) ?? all.at(-1))?.period;
  const whole = useCountryRow(view, areas, period, asKnownAt);
  const rows = all.filter((row) => row.period === period);
  if (by === undefined) return null;
  const taken = indicatorAddress({ ...partsQuestion(view, areas.country, range), asKnownAt });
  return (
    <section className="card" aria-labelledby="parts-heading">
      <div className="card-heading">
        <h3 id="parts-heading">
          {period === undefined ? (
            names.ofDimension(by)
          ) : (
            <Text
              of="indicator.parts"
              values={{ dimension: names.ofDimension(by), period: formats.period(period) }}
            />
          )}
        </h3>
        <TakeAwayButton
          figure={{
            title: [
              `${formats.name(summary.name)}: ${names.ofDimension(by)}`,
              ...(period === undefined ? [] : [formats.period(period)]),
            ].join(formats.comma),
            data: taken,
            metadata: metadataAddress(taken),
            ...(by === 'area' ? { picture: '[aria-labelledby="parts-heading"] .province-map' } : {}),
          }}
        />
      </div>
      {query.error !== null && query.data === undefined ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} bare />
      ) : query.data === undefined ? (
        <BlockSkeleton />
      ) : rows.length === 0 || period === undefined ? (
        <p>
          <Text of="breakdown.empty" />
        </p>
      ) : by === 'area' ? (
        <ByProvince url={url} rows={rows} view={view} areas={areas} period={period} whole={whole} />
      ) : (
        <PartsTable rows={rows} by={by} summary={summary} names={names} areaName={areaName} period={period} />
      )}
    </section>
  );
};
