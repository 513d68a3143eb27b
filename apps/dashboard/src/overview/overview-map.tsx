import { useQuery } from '@tanstack/react-query';
import { Choice } from '../choice.js';
import { figureText } from '../figure-text.js';
import {
  indicatorAddress,
  type IndicatorAnswer,
  type IndicatorRow,
  type IndicatorSummary,
} from '../indicator-api.js';
import { figuresQuery } from '../indicator-queries.js';
import { Gradually } from '../gradually.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { ProvinceMap } from '../map/province-map.js';
import { ProvinceTable } from '../map/province-table.js';
import type { PageProps } from '../page-props.js';
import { monthsOfPeriod } from '../periods.js';
import { extremesAmong, latestFigure } from '../readings.js';
import { BlockSkeleton, Failure } from '../states.js';
import { metadataAddress } from '../take-away/addresses.js';
import { TakeAwayButton } from '../take-away/take-away-button.js';
import { changeUrl } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { navigate } from '../use-url.js';
import { mapChoices } from './headline.js';

/** The finding of the map in one sentence. */
export const MapSummary = (props: {
  rows: readonly IndicatorRow[];
  whole: IndicatorRow | undefined;
  summary: IndicatorSummary;
  areas: Areas;
}) => {
  const { rows, whole, summary, areas } = props;
  const formats = useFormats();
  const text = useText();
  const found = extremesAmong(rows.filter((row) => row['area']?.endsWith('_U') === false));
  if (found === undefined)
    return (
      <p className="finding">
        <Text of="map.summary.none" />
      </p>
    );
  const figure = (row: IndicatorRow) => <Num>{formats.decimal(row.value ?? '0', summary.decimals)}</Num>;
  return (
    <p className="finding">
      <Text
        of="map.summary"
        values={{
          highest: areas.nameOf(found.highest['area'] ?? ''),
          highestValue: figure(found.highest),
          lowest: areas.nameOf(found.lowest['area'] ?? ''),
          lowestValue: figure(found.lowest),
          area: areas.nameOf(areas.country),
          whole: figureText(whole?.value ?? null, summary, formats, text, whole?.reason),
        }}
      />
    </p>
  );
};

const Figures = (props: {
  page: PageProps;
  areas: Areas;
  summary: IndicatorSummary;
  whole: IndicatorRow;
  answer: IndicatorAnswer;
}) => {
  const { page, areas, summary, whole, answer } = props;
  const { url } = page;
  const formats = useFormats();
  const toggle = (area: string): void =>
    navigate(changeUrl(url, { area: area === url.area ? undefined : area }));
  return (
    <div className="map-columns">
      <div>
        <ProvinceMap
          url={url}
          rows={answer.rows}
          of={summary}
          nameOf={areas.nameOf}
          chosen={areas.isCountry ? undefined : areas.chosen}
          onChoose={toggle}
        />
        <MapSummary rows={answer.rows} whole={whole} summary={summary} areas={areas} />
      </div>
      <ProvinceTable
        url={url}
        rows={answer.rows}
        of={summary}
        period={whole.period}
        name={formats.name(summary.name)}
        nameOf={areas.nameOf}
      />
    </div>
  );
};

const MapSkeleton = () => (
  <div className="map-skeleton">
    <BlockSkeleton />
  </div>
);

/** The provinces by one indicator, in the newest period of which the country has a figure. */
export const OverviewMap = (props: {
  page: PageProps;
  areas: Areas;
  catalogue: readonly IndicatorSummary[];
}) => {
  const { page, areas, catalogue } = props;
  const { url } = page;
  const formats = useFormats();
  const text = useText();
  const asKnownAt = url.release ?? 'latest';
  const choices = mapChoices.flatMap(({ code, freq }) => {
    const summary = catalogue.find((one) => one.code === code && one.dimensions.includes('area'));
    return summary === undefined ? [] : [{ summary, freq }];
  });
  const chosen = choices.find(({ summary }) => summary.code === url.map) ?? choices[0];
  const base = { indicator: chosen?.summary.code ?? '', freq: chosen?.freq ?? ('M' as const), asKnownAt };
  const country = useQuery({
    ...figuresQuery({ ...base, by: [], area: areas.country }),
    enabled: chosen !== undefined,
  });
  const whole =
    country.data === undefined ? undefined : (latestFigure(country.data.rows) ?? country.data.rows.at(-1));
  const [from, to] = whole === undefined ? [] : monthsOfPeriod(whole.period);
  const span = from === undefined || to === undefined ? {} : { from, to };
  const parts = useQuery({
    ...figuresQuery({ ...base, by: ['area'], ...span }),
    enabled: whole !== undefined,
  });
  if (chosen === undefined) return null;
  const failed = [country, parts].find((query) => query.isError && query.data === undefined);
  const name = formats.name(chosen.summary.name);
  const taken = indicatorAddress({ ...base, by: ['area'], ...span });
  return (
    <section className="card" aria-labelledby="map-heading">
      <div className="card-heading">
        <h3 id="map-heading">
          {whole === undefined ? (
            <Text of="map.heading" values={{ indicator: name }} />
          ) : (
            <Text
              of="map.heading.period"
              values={{ indicator: name, period: formats.period(whole.period) }}
            />
          )}
        </h3>
        <Choice
          name="map"
          label={text('map.choose')}
          value={chosen.summary.code}
          options={choices.map(({ summary }) => ({ value: summary.code, label: formats.name(summary.name) }))}
          onChoose={(map) =>
            navigate(changeUrl(url, { map: map === choices[0]?.summary.code ? undefined : map }))
          }
        />
        {whole === undefined ? null : (
          <TakeAwayButton
            figure={{
              title: text('map.heading.period', { indicator: name, period: formats.period(whole.period) }),
              data: taken,
              metadata: metadataAddress(taken),
              picture: '[aria-labelledby="map-heading"] .province-map',
            }}
          />
        )}
      </div>
      {failed?.error ? (
        <Failure error={failed.error} onRetry={() => void failed.refetch()} bare />
      ) : country.data !== undefined && whole === undefined ? (
        <p className="faint">
          <Text of="map.summary.none" />
        </p>
      ) : whole === undefined || parts.data === undefined ? (
        <MapSkeleton />
      ) : (
        <Gradually key={taken} fallback={<MapSkeleton />}>
          <Figures page={page} areas={areas} summary={chosen.summary} whole={whole} answer={parts.data} />
        </Gradually>
      )}
    </section>
  );
};
