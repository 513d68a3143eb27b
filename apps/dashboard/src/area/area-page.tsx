import '../styles/mini.css';
import '../styles/pages.css';
import '../styles/panel.css';
import { AreaChoice } from '../area-choice.js';
import { EstatesCard } from '../business/estates-card.js';
import { UnitsCard } from '../business/units-card.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { Num, Text, useFormats } from '../language.js';
import { headlines } from '../overview/headline.js';
import { FiguresFrame } from '../figures-frame.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { codeOf } from '../panel/told.js';
import type { Topic } from '../panel/topic.js';
import { useBatch } from '../panel/use-batch.js';
import { monthsOfPeriod } from '../periods.js';
import { latestFigure } from '../readings.js';
import { Failure, FiguresSkeleton } from '../states.js';
import { ProfileTake } from '../take-away/profile-take.js';
import type { Areas } from '../use-areas.js';
import { AreaTable } from './area-table.js';
import { extremeStandings, standingOf, type Standing } from './standings.js';

const Finding = ({ standings, areaName }: { standings: readonly Standing[]; areaName: string }) => {
  const formats = useFormats();
  const found = extremeStandings(standings);
  if (found === undefined) return null;
  const count = (value: number, key: string) => <Num key={key}>{formats.whole(BigInt(value))}</Num>;
  const { best, worst } = found;
  return (
    <p className="finding">
      <Text
        of="area.finding"
        values={{
          area: areaName,
          best: formats.name(best.told.summary.name),
          bestRank: count(best.rank, 'bestRank'),
          bestCount: count(best.count, 'bestCount'),
          worst: formats.name(worst.told.summary.name),
          worstRank: count(worst.rank, 'worstRank'),
          worstCount: count(worst.count, 'worstCount'),
        }}
      />
    </p>
  );
};

/** The headline indicators of the province, of the country, and of all provinces: three questions. */
const useStandings = (
  page: PageProps,
  catalogue: readonly IndicatorSummary[],
  country: string,
  area: string,
) => {
  const asked = headlines
    .filter(({ code }) => catalogue.find((one) => one.code === code)?.dimensions.includes('area'))
    .map(({ code, freq }) => `${code}@${freq}`);
  const own = useBatch({ indicators: asked, by: [], area }, page, catalogue);
  const whole = useBatch({ indicators: asked, by: [], area: country }, page, catalogue, { compared: false });
  const newest = [...(whole.told?.values() ?? [])].flatMap(({ rows }) => latestFigure(rows)?.period ?? []);
  const [from] = newest.map((period) => monthsOfPeriod(period)[0]).sort();
  const parts = useBatch(
    { indicators: asked, by: ['area'], ...(from === undefined ? {} : { from }) },
    page,
    catalogue,
    { enabled: from !== undefined, compared: false },
  );
  const ready = own.told !== undefined && whole.told !== undefined;
  return {
    standings: ready
      ? asked.flatMap((name) => {
          const told = own.told?.get(name);
          if (told === undefined) return [];
          const country = whole.told?.get(name)?.rows ?? [];
          return [{ name, country, ...standingOf(told, country, parts.told?.get(name)?.rows ?? [], area) }];
        })
      : undefined,
    rankless: parts.told === undefined && from !== undefined,
    error: own.error ?? whole.error ?? parts.error,
    retry: () => [own, whole, parts].forEach((one) => one.retry()),
  };
};

const Loaded = (props: { page: PageProps; catalogue: readonly IndicatorSummary[]; areas: Areas }) => {
  const { page, catalogue, areas } = props;
  // a page of provinces has to show one of them
  const area = areas.isCountry ? (areas.provinces[0]?.code ?? areas.chosen) : areas.chosen;
  const { nameOf, country } = areas;
  const here = { ...areas, chosen: area, isCountry: false };
  const { standings, rankless, error, retry } = useStandings(page, catalogue, country, area);
  const topic: Topic = { page, areas: here, areaName: nameOf(area), catalogue };
  const units = standings?.find(({ name }) => codeOf(name) === 'IND_ACTIVE_SH');
  const [first, last] = [units?.told.rows[0]?.period, units?.whole?.period];
  const span = first === undefined || last === undefined ? undefined : ([first, last] as const);
  return (
    <>
      <PageHeading
        title={<Text of="area.heading" values={{ area: nameOf(area) }} />}
        lead={<Text of="area.lead" />}
      >
        <AreaChoice url={page.url} areas={here} provincesOnly />
        <ProfileTake
          url={page.url}
          releases={page.releases}
          area={area}
          of="area.heading"
          areaName={nameOf(area)}
        />
      </PageHeading>
      {error !== null ? (
        <Failure error={error} onRetry={retry} />
      ) : standings === undefined ? (
        <FiguresSkeleton />
      ) : (
        <>
          <section className="card" data-card="area">
            {rankless ? null : <Finding standings={standings} areaName={nameOf(area)} />}
            <AreaTable
              url={page.url}
              standings={standings}
              rankless={rankless}
              areaName={nameOf(area)}
              countryName={nameOf(country)}
            />
          </section>
          <section aria-labelledby="area-industry">
            <h3 id="area-industry" className="unseen">
              <Text of="area.industry" />
            </h3>
            <div className="card-pair">
              <UnitsCard topic={topic} month={last} />
              <EstatesCard topic={topic} span={span} />
            </div>
          </section>
        </>
      )}
    </>
  );
};

/** A province at a glance. */
const AreaPage = (page: PageProps) => (
  <FiguresFrame url={page.url}>
    {({ catalogue, areas }) => <Loaded page={page} catalogue={catalogue} areas={areas} />}
  </FiguresFrame>
);

export default AreaPage;
