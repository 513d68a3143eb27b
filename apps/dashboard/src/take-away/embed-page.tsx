import '../styles/pages.css';
import '../styles/take-away.css';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { SeriesCard, type Series } from '../indicator/series-card.js';
import { viewOf, wholeQuestion } from '../indicator/view.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { catalogueQuery } from '../indicator-queries.js';
import { Text, useFormats } from '../language.js';
import type { PageProps } from '../page-props.js';
import { lies } from '../periods.js';
import { BlockSkeleton, Failure } from '../states.js';
import { changeUrl, writeUrl } from '../url-state.js';
import { useAreas, type Areas } from '../use-areas.js';
import { useIndicator } from '../use-indicator.js';

const Loaded = ({ page, summary, areas }: { page: PageProps; summary: IndicatorSummary; areas: Areas }) => {
  const { url, releases, theme } = page;
  const view = viewOf(url, summary, areas);
  const { shown, before, error, retry } = useIndicator(wholeQuestion(view), url.release, releases);
  const areaName = areas.nameOf(view.area ?? areas.country);
  const series = useMemo((): Series | undefined => {
    if (shown === undefined) return undefined;
    const cut = (rows: typeof shown.rows) => rows.filter(({ period }) => lies(period, url.from, url.to));
    return {
      summary,
      freq: view.freq,
      areaName,
      rows: cut(shown.rows),
      before: before && { release: before.release, rows: cut(before.answer.rows) },
    };
    // the answers are the same objects as long as they say the same
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shown, before?.answer, before?.release, url.from, url.to, summary, view.freq, areaName]);
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (series === undefined) return <BlockSkeleton />;
  return (
    <SeriesCard series={series} kind={view.kind} scale={view.scale} position={url.release} theme={theme} />
  );
};

/** One indicator's series alone, for a frame in another page, with the way to all there is to know of it. */
const EmbedPage = (page: PageProps) => {
  const { url } = page;
  const formats = useFormats();
  const catalogue = useQuery(catalogueQuery);
  const { areas, error, retry } = useAreas(url);
  const summary = catalogue.data?.find(({ code }) => code === url.indicator);
  const failure = catalogue.error ?? error;
  return (
    <main className="embedded" id="figures">
      {failure !== null ? (
        <Failure
          error={failure}
          onRetry={() => {
            retry();
            void catalogue.refetch();
          }}
        />
      ) : areas === undefined || summary === undefined ? (
        <BlockSkeleton />
      ) : (
        <Loaded page={page} summary={summary} areas={areas} />
      )}
      <p className="faint">
        <a href={writeUrl(changeUrl(url, { embed: undefined }))} target="_blank" rel="noopener">
          <Text of="embed.source" />
        </a>{' '}
        {url.release === undefined ? (
          <Text of="embed.known.latest" />
        ) : (
          <Text of="embed.known.release" values={{ release: formats.release(url.release) }} />
        )}
      </p>
    </main>
  );
};

export default EmbedPage;
