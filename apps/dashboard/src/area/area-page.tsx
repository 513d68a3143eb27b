import '../styles/pages.css';
import { useQuery } from '@tanstack/react-query';
import { AreaChoice } from '../area-choice.js';
import { ChangeFigure, Decimal } from '../figure-text.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { catalogueQuery, figuresQuery } from '../indicator-queries.js';
import { Num, Text, useFormats } from '../language.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { monthsOfPeriod } from '../periods.js';
import { latestFigure, rankedBy } from '../readings.js';
import { headlines, type Headline } from '../overview/headline.js';
import { Sparkline } from '../overview/sparkline.js';
import { Failure, FiguresSkeleton, Nothing } from '../states.js';
import { pageUrl } from '../url-state.js';
import { useAreas, type Areas } from '../use-areas.js';

const Waiting = () => <span className="skeleton skeleton-cell" aria-hidden="true" />;

const isKnown = (area: string | null | undefined): boolean => area?.endsWith('_U') !== true;

/** One headline indicator of a province: its figure, the country's, and its place among the provinces. */
const IndicatorLine = (props: {
  page: PageProps;
  headline: Headline;
  summary: IndicatorSummary;
  areas: Areas;
  area: string;
}) => {
  const { page, headline, summary, areas, area } = props;
  const { url } = page;
  const formats = useFormats();
  const base = { indicator: summary.code, freq: headline.freq, asKnownAt: url.release ?? 'latest' };
  const country = useQuery(figuresQuery({ ...base, by: [], area: areas.country }));
  const own = useQuery(figuresQuery({ ...base, by: [], area }));
  const whole = country.data === undefined ? undefined : latestFigure(country.data.rows);
  const [from, to] = whole === undefined ? [] : monthsOfPeriod(whole.period);
  const parts = useQuery({
    ...figuresQuery({
      ...base,
      by: ['area'],
      ...(from === undefined || to === undefined ? {} : { from, to }),
    }),
    enabled: whole !== undefined,
  });
  const here = own.data?.rows.find(({ period }) => period === whole?.period);
  const ranked = rankedBy(
    (parts.data?.rows ?? []).filter((row) => isKnown(row['area'])),
    'area',
  );
  const rank = ranked.find(({ code }) => code === area)?.rank;
  const count = ranked.filter((one) => one.rank !== undefined).length;
  return (
    <tr data-indicator={summary.code}>
      <th scope="row">
        <PageLink
          to={pageUrl(url, 'indicator', {
            indicator: summary.code,
            freq: headline.freq === 'M' ? undefined : headline.freq,
          })}
        >
          {formats.name(summary.name)}
        </PageLink>{' '}
        <span className="faint">{formats.name(summary.unit)}</span>
      </th>
      <td>
        {country.data === undefined ? (
          <Waiting />
        ) : whole === undefined ? null : (
          <span className="month">{formats.period(whole.period)}</span>
        )}
      </td>
      <td className="numeric" data-column="here">
        {own.data === undefined ? (
          <Waiting />
        ) : (
          <Decimal value={here?.value} decimals={summary.decimals} reason={here?.reason ?? 'no-data'} />
        )}
      </td>
      <td className="numeric">
        {here === undefined ? null : <ChangeFigure row={here} against="year" of={summary} />}
      </td>
      <td className="numeric" data-column="country">
        {country.data === undefined ? (
          <Waiting />
        ) : (
          <Decimal value={whole?.value} decimals={summary.decimals} reason={whole?.reason ?? 'no-data'} />
        )}
      </td>
      <td className="numeric" data-column="rank">
        {whole !== undefined && parts.isPending ? (
          <Waiting />
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
      <td>
        {own.data === undefined ? (
          <Waiting />
        ) : (
          <Sparkline values={own.data.rows.map(({ value }) => value)} />
        )}
      </td>
    </tr>
  );
};

const Loaded = (props: { page: PageProps; catalogue: readonly IndicatorSummary[]; areas: Areas }) => {
  const { page, catalogue, areas } = props;
  // a page of provinces has to show one of them
  const area = areas.isCountry ? (areas.provinces[0]?.code ?? areas.chosen) : areas.chosen;
  const { nameOf, country } = areas;
  const lines = headlines.flatMap((headline) => {
    const summary = catalogue.find(({ code }) => code === headline.code);
    return summary === undefined || !summary.dimensions.includes('area') ? [] : [{ headline, summary }];
  });
  return (
    <>
      <div className="page-heading">
        <h2>
          <Text of="area.heading" values={{ area: nameOf(area) }} />
        </h2>
        <AreaChoice url={page.url} areas={{ ...areas, chosen: area }} provincesOnly />
      </div>
      <section className="card">
        <div className="table-frame" role="region" aria-labelledby="area-caption" tabIndex={0}>
          <table className="figures" data-figures="area">
            <caption id="area-caption">
              <span>
                <Text of="area.caption" values={{ area: nameOf(area), country: nameOf(country) }} />
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
                  {nameOf(area)}
                </th>
                <th scope="col" className="numeric">
                  <Text of="rank.year" />
                </th>
                <th scope="col" className="numeric">
                  {nameOf(country)}
                </th>
                <th scope="col" className="numeric">
                  <Text of="area.rank" />
                </th>
                <th scope="col">
                  <Text of="area.course" />
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map(({ headline, summary }) => (
                <IndicatorLine
                  key={summary.code}
                  page={page}
                  headline={headline}
                  summary={summary}
                  areas={areas}
                  area={area}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
    </>
  );
};

/** A province at a glance. */
const AreaPage = (page: PageProps) => {
  const catalogue = useQuery(catalogueQuery);
  const { areas, none, error, retry } = useAreas(page.url);
  const failure = catalogue.error ?? error;
  return (
    <div id="figures" tabIndex={-1}>
      {failure !== null ? (
        <Failure
          error={failure}
          onRetry={() => {
            retry();
            void catalogue.refetch();
          }}
        />
      ) : none ? (
        <Nothing title="state.empty.all" hint="state.empty.all.hint" />
      ) : catalogue.data === undefined || areas === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Loaded page={page} catalogue={catalogue.data} areas={areas} />
      )}
    </div>
  );
};

export default AreaPage;
