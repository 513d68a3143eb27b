import '../styles/map.css';
import '../styles/pages.css';
import { useQuery } from '@tanstack/react-query';
import type { Release } from '../api.js';
import { catalogueQuery } from '../indicator-queries.js';
import { useReleaseOf } from '../knowledge/use-release-of.js';
import { Text, useFormats } from '../language.js';
import { FiguresTable } from '../figures-table.js';
import { PageHeading } from '../page-heading.js';
import { PageLink } from '../page-link.js';
import type { PageProps } from '../page-props.js';
import { releaseBefore } from '../readings.js';
import { BlockSkeleton, FiguresSkeleton, Nothing } from '../states.js';
import { changeUrl, pageUrl, type UrlState } from '../url-state.js';
import { useAreas } from '../use-areas.js';
import { ChangesCard } from './changes-card.js';

/** More than any catalogue has: every indicator with a revision. */
const everyIndicator = 1000;

const ReleaseRow = ({ url, release, chosen }: { url: UrlState; release: Release; chosen: boolean }) => {
  const formats = useFormats();
  return (
    <tr data-release={release.name} data-chosen={chosen}>
      <th scope="row">{formats.release(release.name)}</th>
      <td>
        <time dateTime={release.cutAt}>{formats.day(release.cutAt)}</time>
      </td>
      <td>
        <PageLink to={changeUrl(url, { release: release.name })} current={chosen}>
          <Text of="releases.changes" />
        </PageLink>
      </td>
      <td>
        <PageLink to={pageUrl(url, 'overview', { release: release.name })}>
          <Text of="releases.show" />
        </PageLink>
      </td>
    </tr>
  );
};

const ReleaseTable = ({
  url,
  releases,
  shown,
}: {
  url: UrlState;
  releases: readonly Release[];
  shown: string;
}) => (
  <section className="card">
    <FiguresTable
      name="releases"
      frame="rank-frame"
      caption={<Text of="releases.caption" />}
      columns={[
        { key: 'name', heading: <Text of="releases.name" />, isText: true },
        { key: 'day', heading: <Text of="releases.day" />, isText: true },
        { key: 'changes', heading: <Text of="releases.changes" />, isText: true },
        { key: 'overview', heading: <Text of="nav.overview" />, isText: true },
      ]}
    >
      {releases.toReversed().map((release) => (
        <ReleaseRow key={release.name} url={url} release={release} chosen={release.name === shown} />
      ))}
    </FiguresTable>
  </section>
);

/** All releases, and what the chosen one (the newest while none is chosen) changed. */
const ReleasesPage = (page: PageProps) => {
  const { url, releases } = page;
  const catalogue = useQuery(catalogueQuery);
  const { areas } = useAreas(url);
  const shown = useReleaseOf(url.release, releases);
  return (
    <div id="figures" tabIndex={-1}>
      <PageHeading title={<Text of="releases.heading" />} lead={<Text of="releases.lead" />} />
      {releases === undefined ? (
        <FiguresSkeleton />
      ) : shown === undefined ? (
        <Nothing title="release.none" hint="state.empty.all.hint" />
      ) : (
        <>
          <ReleaseTable url={url} releases={releases} shown={shown} />
          {catalogue.data === undefined || areas === undefined ? (
            <div className="card">
              <BlockSkeleton />
            </div>
          ) : (
            <ChangesCard
              url={url}
              release={shown}
              since={releaseBefore(releases, shown)?.name}
              area={areas.chosen}
              areaName={areas.nameOf(areas.chosen)}
              catalogue={catalogue.data}
              most={everyIndicator}
              withEffects
              ready
            />
          )}
        </>
      )}
    </div>
  );
};

export default ReleasesPage;
