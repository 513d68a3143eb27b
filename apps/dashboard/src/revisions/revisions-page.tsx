import '../styles/pages.css';
import { useQuery } from '@tanstack/react-query';
import { AreaChoice } from '../area-choice.js';
import { Choice } from '../choice.js';
import { FiguresTable } from '../figures-table.js';
import { Decimal } from '../figure-text.js';
import type { IndicatorSummary, Triangle } from '../indicator-api.js';
import { revisionsQuery } from '../indicator-queries.js';
import { useReleaseOf } from '../knowledge/use-release-of.js';
import { Text, useFormats, useText } from '../language.js';
import { FiguresFrame } from '../figures-frame.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { Failure, FiguresSkeleton, Nothing } from '../states.js';
import { changeUrl, type UrlState } from '../url-state.js';
import type { Areas } from '../use-areas.js';
import { navigate } from '../use-url.js';

const TriangleTable = (props: { triangle: Triangle; summary: IndicatorSummary; areaName: string }) => {
  const { triangle, summary, areaName } = props;
  const formats = useFormats();
  const newestFirst = triangle.releases.map((_, i) => triangle.releases.length - 1 - i);
  return (
    <section className="card">
      <FiguresTable
        name="triangle"
        frame="triangle-frame"
        caption={
          <Text
            of="revisions.caption"
            values={{
              indicator: formats.name(summary.name),
              area: areaName,
              unit: formats.name(summary.unit),
            }}
          />
        }
        columns={[
          { key: 'period', heading: <Text of="indicator.table.period" />, isText: true },
          ...newestFirst.map((at) => ({
            key: triangle.releases[at] ?? '',
            heading: formats.release(triangle.releases[at] ?? ''),
          })),
        ]}
      >
        {triangle.periods.toReversed().map(({ period, values }) => (
          <tr key={period} data-period={period}>
            <th scope="row">
              <span className="month">{formats.period(period)}</span>
            </th>
            {newestFirst.map((at) => {
              const value = values[at] ?? null;
              const before = at === 0 ? null : (values[at - 1] ?? null);
              const revised = value !== null && before !== null && value !== before;
              return (
                <td key={at} className="numeric" data-revised={revised}>
                  {value === null ? null : <Decimal value={value} decimals={triangle.decimals} />}
                  {revised ? (
                    <span className="unseen">
                      {' '}
                      <Text of="mark.revised" />
                    </span>
                  ) : null}
                </td>
              );
            })}
          </tr>
        ))}
      </FiguresTable>
    </section>
  );
};

const IndicatorChoice = (props: {
  url: UrlState;
  catalogue: readonly IndicatorSummary[];
  chosen: IndicatorSummary;
}) => {
  const { url, catalogue, chosen } = props;
  const text = useText();
  const formats = useFormats();
  return (
    <Choice
      name="indicator"
      label={text('indicator.choose')}
      value={chosen.code}
      options={catalogue
        .filter(({ code, requiredDimensions }) => requiredDimensions === undefined || code === chosen.code)
        .map(({ code, name, theme }) => ({
          value: code,
          label: formats.name(name),
          group: formats.name(theme.name),
        }))}
      onChoose={(indicator) => navigate(changeUrl(url, { indicator, freq: undefined }))}
    />
  );
};

const Loaded = (props: {
  page: PageProps;
  catalogue: readonly IndicatorSummary[];
  summary: IndicatorSummary;
  areas: Areas;
}) => {
  const { page, catalogue, summary, areas } = props;
  const { url, releases } = page;
  const formats = useFormats();
  const byArea = summary.dimensions.includes('area');
  const freq = url.freq ?? summary.frequencies[0] ?? 'M';
  // one that is told in parts only is not in the choice, but other pages may have it in their address
  const isWhole = summary.requiredDimensions === undefined;
  const query = useQuery({
    ...revisionsQuery(summary.code, freq, byArea ? areas.chosen : undefined),
    enabled: isWhole,
  });
  const areaName = areas.nameOf(byArea ? areas.chosen : areas.country);
  const last = useReleaseOf(url.release, releases);
  return (
    <>
      <PageHeading
        title={
          <Text of="revisions.heading" values={{ indicator: formats.name(summary.name), area: areaName }} />
        }
        lead={<Text of="revisions.lead" />}
      />
      <form className="controls" onSubmit={(event) => event.preventDefault()}>
        <IndicatorChoice url={url} catalogue={catalogue} chosen={summary} />
        {byArea ? <AreaChoice url={url} areas={areas} /> : null}
      </form>
      {!isWhole ? (
        <Nothing title="compare.parts-only" hint="revisions.parts" />
      ) : query.error !== null && query.data === undefined ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : releases?.length === 0 ? (
        <Nothing title="release.none" hint="revisions.none" />
      ) : query.data === undefined ? (
        <FiguresSkeleton />
      ) : (
        <TriangleTable
          triangle={upTo(query.data, url.release === undefined ? undefined : last)}
          summary={summary}
          areaName={areaName}
        />
      )}
    </>
  );
};

/** What was known of the revisions at a release: nothing of the later ones. */
const upTo = (triangle: Triangle, release: string | undefined): Triangle => {
  const at = release === undefined ? -1 : triangle.releases.indexOf(release);
  if (at < 0) return triangle;
  return {
    ...triangle,
    releases: triangle.releases.slice(0, at + 1),
    periods: triangle.periods
      .map(({ period, values }) => ({ period, values: values.slice(0, at + 1) }))
      .filter(({ values }) => values.some((value) => value !== null)),
  };
};

/** What every release told of one series. */
const RevisionsPage = (page: PageProps) => (
  <FiguresFrame url={page.url}>
    {({ catalogue, areas }) => {
      const summary = catalogue.find(({ code }) => code === (page.url.indicator ?? 'EMP_JOBS'));
      return summary === undefined ? (
        <Nothing title="state.empty" hint="state.empty.hint" />
      ) : (
        <Loaded page={page} catalogue={catalogue} summary={summary} areas={areas} />
      );
    }}
  </FiguresFrame>
);

export default RevisionsPage;
