import '../styles/pages.css';
import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { AreaChoice } from '../area-choice.js';
import { CompareFinding } from '../compare/compare-finding.js';
import { useComparison, type Compared } from '../compare/use-comparison.js';
import { usePositionName } from '../knowledge/use-position-name.js';
import { useReleaseOf } from '../knowledge/use-release-of.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { catalogueQuery } from '../indicator-queries.js';
import { Gradually } from '../gradually.js';
import { Text } from '../language.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { releaseBefore } from '../readings.js';
import { ChangesCard } from '../releases/changes-card.js';
import { Failure, Nothing } from '../states.js';
import { ProfileTake } from '../take-away/profile-take.js';
import { useAreas, type Areas } from '../use-areas.js';
import { useIndicator } from '../use-indicator.js';
import { headlineGroups, headlines, type HeadlineGroup } from './headline.js';
import { HeadlineTile } from './headline-tile.js';
import { OverviewMap } from './overview-map.js';
import { OverviewSkeleton } from './overview-skeleton.js';

const Heading = (props: { page: PageProps; areas: Areas; compared: Compared | undefined }) => {
  const { page, areas, compared } = props;
  const { url } = page;
  const nameOf = usePositionName(page.releases);
  return (
    <PageHeading
      title={<Text of="overview.heading" values={{ area: areas.nameOf(areas.chosen) }} />}
      lead={
        compared !== undefined ? (
          <Text of="compare.overview.lead" values={{ from: compared.from, to: compared.to }} />
        ) : url.release === undefined ? (
          <Text of="overview.lead.now" />
        ) : (
          <Text of="overview.lead.position" values={{ position: nameOf(url.release) }} />
        )
      }
    >
      <AreaChoice url={url} areas={areas} />
      <ProfileTake
        url={url}
        releases={page.releases}
        area={areas.chosen}
        of="overview.heading"
        areaName={areas.nameOf(areas.chosen)}
      />
    </PageHeading>
  );
};

const Group = (props: {
  group: HeadlineGroup;
  area: string;
  page: PageProps;
  catalogue: readonly IndicatorSummary[];
  compared: Compared | undefined;
}) => {
  const { group, area, page, catalogue, compared } = props;
  const tiles = group.indicators.flatMap((headline) => {
    const summary = catalogue.find(({ code }) => code === headline.code);
    return summary === undefined ? [] : [{ headline, summary }];
  });
  if (tiles.length === 0) return null;
  return (
    <section
      className="headline-group"
      data-size={tiles.length}
      data-group={group.heading}
      aria-labelledby={group.heading}
    >
      <h3 id={group.heading}>
        <Text of={group.heading} />
      </h3>
      <div className="headline-tiles">
        {tiles.map(({ headline, summary }) => (
          <HeadlineTile
            // another area or position: no figure of the one before may stand under its name
            key={`${headline.code} ${area} ${page.url.release ?? ''}`}
            headline={headline}
            summary={summary}
            area={area}
            page={page}
            compared={compared}
          />
        ))}
      </div>
    </section>
  );
};

/** True while figures are there and none are on their way. */
const useFiguresAreThere = (): boolean => {
  const client = useQueryClient();
  const isFigures = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
    queryKey[1] === 'indicator';
  const underWay = useIsFetching({ predicate: isFigures });
  const queries = client.getQueryCache().findAll({ predicate: isFigures });
  return underWay === 0 && queries.some(({ state }) => state.data !== undefined);
};

const LastChanges = (props: { page: PageProps; areas: Areas; catalogue: readonly IndicatorSummary[] }) => {
  const { page, areas, catalogue } = props;
  const ready = useFiguresAreThere();
  const releases = page.releases ?? [];
  const release = useReleaseOf(page.url.release, page.releases);
  if (release === undefined) return null;
  return (
    <ChangesCard
      url={page.url}
      release={release}
      since={releaseBefore(releases, release)?.name}
      area={areas.chosen}
      areaName={areas.nameOf(areas.chosen)}
      catalogue={catalogue}
      most={8}
      ready={ready}
    />
  );
};

/** What the comparison of the tiles comes to. */
const Comparison = ({ compared }: { compared: Compared }) => (
  <section className="card" data-compare={compared.comparison !== undefined}>
    {compared.error !== null ? (
      <Failure error={compared.error} onRetry={compared.retry} bare />
    ) : compared.comparison === undefined ? (
      <span className="skeleton skeleton-heading" />
    ) : (
      <>
        <CompareFinding comparison={compared.comparison} />
        <p className="faint">
          <Text of="compare.note" />
        </p>
      </>
    )}
  </section>
);

/** What keeps every tile from being shown: a position that does not exist, or a server that is away. */
const useCommonFailure = (page: PageProps, areas: Areas | undefined) => {
  const first = headlines[0];
  const question =
    first === undefined || areas === undefined
      ? undefined
      : { indicator: first.code, by: [], freq: first.freq, area: areas.chosen };
  const { error, retry } = useIndicator(question, page.url.release, page.releases);
  return { error, retry };
};

/** The start page: headline indicators, the provinces, and what the last release changed. */
const OverviewPage = (page: PageProps) => {
  const catalogue = useQuery(catalogueQuery);
  const reading = useAreas(page.url);
  const { none, error, retry } = reading;
  const { areas } = reading;
  const indicators = catalogue.data;
  const common = useCommonFailure(page, indicators === undefined ? undefined : areas);
  const compared = useComparison(
    page.url,
    page.releases,
    headlines,
    catalogue.data ?? [],
    reading.areas?.chosen ?? '',
  );
  const failure = (catalogue.data === undefined ? catalogue.error : null) ?? error ?? common.error;
  if (failure !== null)
    return (
      <div id="figures" tabIndex={-1}>
        <Failure
          error={failure}
          onRetry={() => {
            retry();
            common.retry();
            void catalogue.refetch();
          }}
        />
      </div>
    );
  if (none)
    return (
      <div id="figures" tabIndex={-1}>
        <Nothing title="state.empty.all" hint="state.empty.all.hint" />
      </div>
    );
  if (indicators === undefined || areas === undefined) return <OverviewSkeleton />;
  return (
    <Gradually fallback={<OverviewSkeleton />}>
      <div id="figures" tabIndex={-1}>
        <Heading page={page} areas={areas} compared={compared} />
        {compared === undefined ? null : <Comparison compared={compared} />}
        <div className="headline-groups">
          {headlineGroups.map((group) => (
            <Group
              key={group.heading}
              group={group}
              area={areas.chosen}
              page={page}
              catalogue={indicators}
              compared={compared}
            />
          ))}
        </div>
        <OverviewMap page={page} areas={areas} catalogue={indicators} />
        <LastChanges page={page} areas={areas} catalogue={indicators} />
      </div>
    </Gradually>
  );
};

export default OverviewPage;
