import '../styles/pages.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { indicatorAddress, type IndicatorRow, type IndicatorSummary } from '../indicator-api.js';
import { indicatorQuery } from '../indicator-queries.js';
import { Text, useFormats } from '../language.js';
import { FiguresFrame } from '../figures-frame.js';
import { Gradually } from '../gradually.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { lies, monthsOfPeriod } from '../periods.js';
import { latestFigure } from '../readings.js';
import { Failure, FiguresSkeleton } from '../states.js';
import { takenSeries } from '../take-away/taken-series.js';
import type { UrlState } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { useDimensionNames } from '../use-dimensions.js';
import { useFresh } from '../live/use-live.js';
import { useIndicator } from '../use-indicator.js';
import { AboutCard } from './about-card.js';
import { IndicatorControls } from './indicator-controls.js';
import { PartsCard } from './parts-card.js';
import { SeriesCard, type Series } from './series-card.js';
import { SeriesTable } from './series-table.js';
import { SmallMultiples } from './small-multiples.js';
import { partsQuestion, viewOf, wholeQuestion, type View } from './view.js';

const ownIndicator = 'EMP_JOBS';

/** The series of the whole, cut to the range that the address asks for. */
const useSeries = (page: PageProps, view: View, areaName: string) => {
  const { url, releases } = page;
  const figures = useIndicator(
    view.hasWhole ? wholeQuestion(view) : undefined,
    url.release,
    releases,
    url.vs,
  );
  const { shown, before } = figures;
  const { from, to } = url;
  const series = useMemo((): Series | undefined => {
    if (shown === undefined) return undefined;
    const cut = (rows: typeof shown.rows) => rows.filter(({ period }) => lies(period, from, to));
    return {
      summary: view.summary,
      freq: view.freq,
      areaName,
      rows: cut(shown.rows),
      before: before && { release: before.release, rows: cut(before.answer.rows) },
    };
    // the answers are the same objects as long as they say the same
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, before?.answer, before?.release, from, to, view.summary, view.freq, areaName]);
  return { ...figures, series };
};

/** The range of the download: what the table shows, where the address cuts it. */
const rangeOf = (
  { from, to }: UrlState,
  rows: readonly IndicatorRow[],
): { readonly from?: string; readonly to?: string } => {
  const [first, last] = [rows[0]?.period, rows.at(-1)?.period];
  return {
    ...(from === undefined ? {} : { from: first === undefined ? from : monthsOfPeriod(first)[0] }),
    ...(to === undefined ? {} : { to: last === undefined ? to : monthsOfPeriod(last)[1] }),
  };
};

const Loaded = (props: {
  page: PageProps;
  catalogue: readonly IndicatorSummary[];
  summary: IndicatorSummary;
  areas: Areas;
}) => {
  const { page, catalogue, summary, areas } = props;
  const { url, theme } = page;
  const formats = useFormats();
  const view = viewOf(url, summary, areas);
  const about = useQuery(indicatorQuery(summary.code));
  const names = useDimensionNames(about.data?.dataflows);
  const areaName = view.area === undefined ? areas.nameOf(areas.country) : areas.nameOf(view.area);
  const { series, shown, error, retry } = useSeries(page, view, areaName);
  const fresh = useFresh({ ...wholeQuestion(view), asKnownAt: url.release ?? 'latest' });
  const range = rangeOf(url, series?.rows ?? []);
  const question = view.hasWhole
    ? { ...wholeQuestion(view), ...range }
    : partsQuestion(view, areas.country, range);
  const asked = { ...question, asKnownAt: url.release ?? 'latest' };
  const download = indicatorAddress(asked, 'csv');
  const latest = series === undefined ? undefined : (latestFigure(series.rows) ?? series.rows.at(-1));
  return (
    <>
      <PageHeading
        above={formats.name(summary.theme.name)}
        title={formats.name(summary.name)}
        lead={
          about.data === undefined ? (
            <span className="skeleton skeleton-label" />
          ) : (
            formats.name(about.data.definition)
          )
        }
        isLong
      />
      <IndicatorControls
        url={url}
        catalogue={catalogue}
        view={view}
        areas={areas}
        rows={shown?.rows ?? []}
        nameOfDimension={names.ofDimension}
      />
      {error !== null ? (
        <Failure error={error} onRetry={retry} />
      ) : view.hasWhole && series === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Gradually fallback={<FiguresSkeleton />}>
          {series === undefined ? (
            <p className="card">
              <Text
                of="indicator.required"
                values={{ dimension: (summary.requiredDimensions ?? []).map(names.ofDimension).join('، ') }}
              />{' '}
              <a href={download} download={`${summary.code}.csv`}>
                <Text of="table.csv" />
              </a>
            </p>
          ) : (
            <SeriesCard
              series={series}
              kind={view.kind}
              scale={view.scale}
              position={url.release}
              releases={page.releases}
              theme={theme}
              takeAway={takenSeries(page, summary.code, indicatorAddress(asked), view)}
            />
          )}
          <PartsCard
            url={url}
            view={view}
            areas={areas}
            names={names}
            areaName={areaName}
            period={latest?.period}
          />
          <SmallMultiples page={page} view={view} areas={areas} />
          {series === undefined ? null : (
            <SeriesTable series={series} download={download} releases={page.releases} fresh={fresh} />
          )}
          {about.data === undefined ? null : <AboutCard page={page} about={about.data} />}
        </Gradually>
      )}
    </>
  );
};

/** What the API has to say of an indicator that its catalogue does not name. */
const Unknown = ({ code }: { code: string }) => {
  const { error, refetch } = useQuery(indicatorQuery(code));
  return error === null ? <FiguresSkeleton /> : <Failure error={error} onRetry={() => void refetch()} />;
};

/** One indicator of the catalogue: its course, its parts, its table, and all there is to know of it. */
const IndicatorPage = (page: PageProps) => (
  <FiguresFrame url={page.url}>
    {({ catalogue, areas }) => {
      const wanted = page.url.indicator ?? ownIndicator;
      const summary = catalogue.find(({ code }) => code === wanted);
      return summary === undefined ? (
        <Unknown code={wanted} />
      ) : (
        <Loaded page={page} catalogue={catalogue} summary={summary} areas={areas} />
      );
    }}
  </FiguresFrame>
);

export default IndicatorPage;
