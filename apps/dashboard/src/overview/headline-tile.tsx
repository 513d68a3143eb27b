import '../styles/headline.css';
import { memo, useDeferredValue } from 'react';
import { CompareTile } from '../compare/compare-tile.js';
import type { Compared } from '../compare/use-comparison.js';
import { ChangeFigure, reasonText } from '../figure-text.js';
import type { IndicatorAnswer, IndicatorRow, IndicatorSummary } from '../indicator-api.js';
import { Num, Text, useFormats, useText } from '../language.js';
import { FreshMark } from '../live/fresh-mark.js';
import { figureKey, type Fresh, type FreshFigures } from '../live/fresh.js';
import { useFresh } from '../live/use-live.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { latestFigure, revisedIn, type Revised } from '../readings.js';
import { Failure } from '../states.js';
import { TileFigure, TileWithoutFigure } from '../tile-figure.js';
import { pageUrl, type Frequency } from '../url-state.js';
import { useIndicator } from '../use-indicator.js';
import type { Headline } from './headline.js';

const RevisionLine = (props: {
  summary: IndicatorSummary;
  period: string;
  revised: readonly Revised[];
  release: string;
}) => {
  const { summary, period, revised, release } = props;
  const formats = useFormats();
  const own = revised.find((one) => one.period === period);
  if (own !== undefined)
    return (
      <p className="tile-note" data-revised="own">
        <span className="mark">
          <Text of="mark.revised" />
        </span>{' '}
        <Text
          of="against.release"
          values={{
            release: formats.release(release),
            value: <Num key="value">{formats.decimal(own.before, summary.decimals)}</Num>,
          }}
        />
      </p>
    );
  if (revised.length === 0) return null;
  return (
    <p className="tile-note" data-revised="earlier">
      <Text of="tile.earlier" values={{ count: revised.length, release: formats.release(release) }} />
    </p>
  );
};

const Changes = ({
  row,
  summary,
  freq,
}: {
  row: IndicatorRow;
  summary: IndicatorSummary;
  freq: Frequency;
}) => (
  <ul className="tile-changes">
    {(freq === 'A' ? (['previous'] as const) : (['previous', 'year'] as const)).map((against) => (
      <li key={against} data-change={against}>
        <span className="faint">
          <Text of={`tile.${against}.${freq}`} />
        </span>{' '}
        <ChangeFigure row={row} against={against} of={summary} />
      </li>
    ))}
  </ul>
);

const Body = memo(
  (props: {
    summary: IndicatorSummary;
    answer: IndicatorAnswer;
    before: IndicatorAnswer | undefined;
    release: string | undefined;
    fresh: Fresh | undefined;
  }) => {
    const { summary, answer, before, release, fresh } = props;
    const formats = useFormats();
    const text = useText();
    const { rows, freq } = answer;
    const row = latestFigure(rows);
    const newest = rows.at(-1);
    if (row === undefined) return <TileWithoutFigure newest={newest} />;
    return (
      <>
        <TileFigure summary={summary} freq={freq} rows={rows} row={row}>
          <FreshMark fresh={fresh} decimals={summary.decimals} />
        </TileFigure>
        <Changes row={row} summary={summary} freq={freq} />
        {before === undefined || release === undefined ? null : (
          <RevisionLine
            summary={summary}
            period={row.period}
            revised={revisedIn(rows, before.rows)}
            release={release}
          />
        )}
        {newest === undefined || newest === row ? null : (
          <p className="tile-note">
            <Text
              of="tile.next"
              values={{ period: formats.period(newest.period), reason: reasonText(newest.reason, text) }}
            />
          </p>
        )}
      </>
    );
  },
);
Body.displayName = 'Body';

/** The mark of the newest figure, if it became another one while the page was open. */
const freshOf = (marks: FreshFigures, answer: IndicatorAnswer | undefined): Fresh | undefined => {
  const row = answer === undefined ? undefined : latestFigure(answer.rows);
  return row === undefined || answer === undefined ? undefined : marks.get(figureKey(row, answer.by));
};

const Skeleton = () => (
  <div aria-hidden="true" className="tile-skeleton">
    <span className="skeleton skeleton-value" />
    <span className="skeleton skeleton-label" />
    <span className="skeleton skeleton-label" />
  </div>
);

/** One indicator: its newest figure, its course, its changes, and whether it was told otherwise before. */
export const HeadlineTile = memo(
  (props: {
    headline: Headline;
    summary: IndicatorSummary;
    area: string;
    page: PageProps;
    compared: Compared | undefined;
  }) => {
    const { headline, summary, area, page, compared } = props;
    const formats = useFormats();
    const { code, freq } = headline;
    const byArea = summary.dimensions.includes('area');
    const question = { indicator: code, by: [], freq, ...(byArea ? { area } : {}) };
    const figures = useIndicator(question, page.url.release, page.releases);
    // a page of tiles that get their figures at once is drawn in small steps
    const shown = useDeferredValue(figures.shown);
    const before = useDeferredValue(figures.before?.answer);
    const complete = useDeferredValue(figures.complete);
    const fresh = freshOf(useFresh({ ...question, asKnownAt: page.url.release ?? 'latest' }), shown);
    const comparison = compared?.of(code);
    const ready = compared === undefined ? complete : comparison !== undefined;
    const link = pageUrl(page.url, 'indicator', { indicator: code, freq: freq === 'M' ? undefined : freq });
    return (
      <article
        className="tile headline"
        data-indicator={code}
        data-ready={ready}
        data-fresh={fresh !== undefined}
      >
        <h4>
          <PageLink to={link}>{formats.name(summary.name)}</PageLink>
        </h4>
        {compared !== undefined ? (
          comparison === undefined ? (
            <Skeleton />
          ) : (
            <CompareTile comparison={comparison} summary={summary} from={compared.from} to={compared.to} />
          )
        ) : figures.error !== null ? (
          <Failure error={figures.error} onRetry={figures.retry} bare />
        ) : shown === undefined ? (
          <Skeleton />
        ) : (
          <Body
            summary={summary}
            answer={shown}
            before={before}
            release={figures.before?.release}
            fresh={fresh}
          />
        )}
      </article>
    );
  },
);
HeadlineTile.displayName = 'HeadlineTile';
