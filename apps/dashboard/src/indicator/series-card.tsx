import { useMemo } from 'react';
import { AgainstText, ChangeFigure, figureText, reasonText } from '../figure-text.js';
import type { Release } from '../api.js';
import type { IndicatorRow, IndicatorSummary } from '../indicator-api.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { extremesAmong, latestFigure, revisedIn } from '../readings.js';
import { TakeAwayButton } from '../take-away/take-away-button.js';
import type { TakenFigure } from '../take-away/taken-figure.js';
import type { Frequency, Theme } from '../url-state.js';
import type { Scale } from '../reading.js';
import { scalingOf } from './scale.js';
import type { SeriesDrawing } from './series-option.js';
import { part } from '../part.js';
import { ChartBox } from '../chart-box.js';

const SeriesCanvas = part(() => import('./series-canvas.js'));

/** One series at the position shown and at the release before it, cut to the range. */
export type Series = {
  readonly summary: IndicatorSummary;
  readonly freq: Frequency;
  readonly areaName: string;
  readonly rows: readonly IndicatorRow[];
  readonly before: { readonly release: string; readonly rows: readonly IndicatorRow[] } | undefined;
};

const Summary = ({ series, releases }: { series: Series; releases: readonly Release[] | undefined }) => {
  const nameOf = usePositionName(releases);
  const { summary, freq, areaName, rows, before } = series;
  const formats = useFormats();
  const text = useText();
  const latest = latestFigure(rows);
  const found = extremesAmong(rows);
  if (latest === undefined || found === undefined)
    return (
      <Text
        of="indicator.summary.none"
        values={{ reason: reasonText(rows.at(-1)?.reason ?? 'no-data', text) }}
      />
    );
  const figure = (row: IndicatorRow, key: string) => (
    <Num key={key}>{formats.decimal(row.value ?? '0', summary.decimals)}</Num>
  );
  const against = freq === 'A' ? 'previous' : 'year';
  return (
    <>
      <Text
        of="indicator.summary"
        values={{
          indicator: formats.name(summary.name),
          area: areaName,
          latest: <bdi key="latest">{figureText(latest.value, summary, formats, text)}</bdi>,
          latestPeriod: formats.period(latest.period),
        }}
      />{' '}
      {(latest[`change_${against}`] ?? null) === null ? null : (
        <>
          <Text
            of="indicator.summary.change"
            values={{
              change: <ChangeFigure key="change" row={latest} against={against} of={summary} />,
              against: <AgainstText key="against" against={against} freq={freq} />,
            }}
          />{' '}
        </>
      )}
      <Text
        of="indicator.summary.range"
        values={{
          highest: figure(found.highest, 'highest'),
          highestPeriod: formats.period(found.highest.period),
          lowest: figure(found.lowest, 'lowest'),
          lowestPeriod: formats.period(found.lowest.period),
        }}
      />{' '}
      {before === undefined ? null : (
        <Text
          of="indicator.summary.revised"
          values={{ count: revisedIn(rows, before.rows).length, release: nameOf(before.release) }}
        />
      )}
    </>
  );
};

const Legend = ({ drawing, compared }: { drawing: SeriesDrawing; compared: boolean }) => (
  <ul className="legend">
    <li>
      <span className="swatch" data-line="known" aria-hidden="true" />
      <span>{drawing.shown}</span>
    </li>
    {compared ? (
      <li>
        <span className="swatch" data-line="now" aria-hidden="true" />
        <span>{drawing.before}</span>
      </li>
    ) : null}
    {compared ? (
      <li>
        <span className="swatch" data-line="mark" aria-hidden="true" />
        <Text of="mark.revised" />
      </li>
    ) : null}
    {drawing.points.some(({ provisional }) => provisional) ? (
      <li>
        <span className="swatch" data-line="provisional" aria-hidden="true" />
        <Text of="indicator.provisional" />
      </li>
    ) : null}
  </ul>
);

const useDrawingOf = (
  series: Series,
  kind: 'line' | 'bar',
  scale: Scale | undefined,
  position: string | undefined,
  releases: readonly Release[] | undefined,
): SeriesDrawing => {
  const { summary, rows, before } = series;
  const formats = useFormats();
  const text = useText();
  const nameOf = usePositionName(releases);
  return useMemo(() => {
    const earlier = before && new Map(before.rows.map(({ period, value }) => [period, value]));
    const points = rows.map(({ period, value, status, reason }) => ({
      period,
      value,
      before: earlier === undefined ? undefined : (earlier.get(period) ?? null),
      provisional: status === 'provisional',
      reason: value === null ? reasonText(reason, text) : '',
    }));
    return {
      kind,
      decimals: summary.decimals,
      scaling: scalingOf(points, scale),
      indexName: text('scale.index.name'),
      shown: position === undefined ? text('chart.now') : nameOf(position),
      before: before === undefined ? '' : nameOf(before.release),
      points,
    };
    // the words change with the formats
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [rows, before?.rows, before?.release, summary, kind, scale, position, formats]);
};

/** What the heights mean when they are not the figures themselves, or that the scale asked for does not fit them. */
const ScaleNote = ({ drawing, wanted }: { drawing: SeriesDrawing; wanted: Scale | undefined }) => {
  const formats = useFormats();
  const { used, base } = drawing.scaling;
  if (wanted === undefined) return null;
  if (used === 'linear') return <Text of={wanted === 'log' ? 'scale.log.not' : 'scale.index.not'} />;
  if (base === undefined) return null;
  const values = { period: formats.period(base), base: <Num key="base">{formats.whole(100n)}</Num> };
  return <Text of="scale.index.note" values={values} />;
};

/** The series as a drawing, with its finding in words. */
export const SeriesCard = (props: {
  series: Series;
  kind: 'line' | 'bar';
  scale?: Scale | undefined;
  position: string | undefined;
  releases?: readonly Release[] | undefined;
  theme: Theme;
  takeAway?: Omit<TakenFigure, 'title' | 'picture'>;
}) => {
  const { series, kind, scale, position, releases, theme, takeAway } = props;
  const { summary, areaName, rows, before } = series;
  const formats = useFormats();
  const text = useText();
  const drawing = useDrawingOf(series, kind, scale, position, releases);
  const [first, last] = [rows[0], rows.at(-1)];
  const title = text('indicator.series', { indicator: formats.name(summary.name), area: areaName });
  return (
    <section className="card" aria-labelledby="series-heading">
      <div className="card-heading">
        <div>
          <h3 id="series-heading">{title}</h3>
          {first === undefined || last === undefined ? null : (
            <p className="faint">
              <Text
                of="indicator.period"
                values={{
                  from: formats.period(first.period),
                  to: formats.period(last.period),
                  unit: formats.name(summary.unit),
                }}
              />
            </p>
          )}
        </div>
        <Legend drawing={drawing} compared={before !== undefined} />
        {takeAway === undefined ? null : (
          <TakeAwayButton
            figure={{ ...takeAway, title, picture: '[aria-labelledby="series-heading"] .chart-canvas svg' }}
          />
        )}
      </div>
      <figure className="chart">
        <ChartBox>
          <SeriesCanvas drawing={drawing} theme={theme} label={text('chart.keys', { title })} />
        </ChartBox>
        <figcaption>
          <ScaleNote drawing={drawing} wanted={scale} />
          <Summary series={series} releases={releases} />
        </figcaption>
      </figure>
    </section>
  );
};
