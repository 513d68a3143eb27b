import { useQuery } from '@tanstack/react-query';
import { countsOf, deliveriesTogether, largestRevisions, type Revision } from '../changes.js';
import { Decimal } from '../figure-text.js';
import type { IndicatorSummary, ReleaseChanges } from '../indicator-api.js';
import { changesQuery, indicatorQuery } from '../indicator-queries.js';
import { FiguresTable } from '../figures-table.js';
import { Gradually } from '../gradually.js';
import { Num, Text, useFormats } from '../language.js';
import { PageLink } from '../page-link.js';
import { flips } from '../readings.js';
import { BlockSkeleton, Failure } from '../states.js';
import { pageUrl, type UrlState } from '../url-state.js';
import { useDimensionNames } from '../use-dimensions.js';

/** Names of the codes that a revised figure belongs to, where its indicator must be broken down. */
const CodeNames = ({ revision }: { revision: Revision }) => {
  const { codes, indicator, by } = revision;
  const formats = useFormats();
  const about = useQuery({ ...indicatorQuery(indicator), enabled: codes.length > 0 });
  const names = useDimensionNames(about.data?.dataflows);
  const comma = formats.comma;
  return codes.map((code, i) => <bdi key={code}>{comma + names.ofCode(by[i] ?? '', code)}</bdi>);
};

const effects = ['late', 'corrections', 'definition'] as const;

const RevisionRow = (props: {
  url: UrlState;
  revision: Revision;
  summary: IndicatorSummary | undefined;
  withEffects: boolean;
}) => {
  const { url, revision, summary, withEffects } = props;
  const formats = useFormats();
  const decimals = summary?.decimals ?? 0;
  return (
    <tr data-indicator={revision.indicator}>
      <th scope="row">
        <PageLink to={pageUrl(url, 'indicator', { indicator: revision.indicator })}>
          {summary === undefined ? revision.indicator : formats.name(summary.name)}
        </PageLink>{' '}
        <span className="faint">
          {formats.period(revision.period)}
          <CodeNames revision={revision} />
        </span>
        {flips(revision.old, revision.new) ? (
          <>
            {' '}
            <span className="mark" data-flip="true">
              <Text of="mark.flip" />
            </span>
          </>
        ) : null}
      </th>
      <td className="numeric" data-column="old">
        <Decimal value={revision.old} decimals={decimals} />
      </td>
      <td className="numeric" data-column="new">
        <Decimal value={revision.new} decimals={decimals} />
      </td>
      {withEffects
        ? effects.map((effect) => (
            <td key={effect} className="numeric" data-column={effect}>
              <Decimal value={revision.effects?.[effect]} decimals={decimals} signed />
            </td>
          ))
        : null}
    </tr>
  );
};

const Counts = ({ changes }: { changes: ReleaseChanges }) => {
  const formats = useFormats();
  const together = deliveriesTogether(changes.deliveries);
  const values = Object.fromEntries(
    Object.entries(together).map(([key, count]) => [
      key,
      <Num key={key}>{formats.whole(BigInt(count))}</Num>,
    ]),
  );
  return (
    <>
      <p className="finding">
        <Text of="changes.count" values={countsOf(changes)} />
      </p>
      <p className="faint">
        <Text of="changes.records" values={values} />
      </p>
    </>
  );
};

/** What a release told otherwise than the one before: counts, records that came in, and the largest revisions. */
export const ChangesCard = (props: {
  url: UrlState;
  release: string;
  since: string | undefined;
  area: string;
  areaName: string;
  catalogue: readonly IndicatorSummary[];
  most: number;
  /** Tells of each revision what it was made by: late records, corrections, another definition. */
  withEffects?: boolean;
  /** False keeps the question back until more urgent figures are there. */
  ready: boolean;
}) => {
  const { url, release, since, area, areaName, catalogue, most, ready, withEffects = false } = props;
  const formats = useFormats();
  const query = useQuery({
    ...changesQuery(release, since ?? '', area),
    enabled: ready && since !== undefined,
  });
  const rows = query.data === undefined ? [] : largestRevisions(query.data.indicators, most);
  return (
    <section className="card" aria-labelledby="changes-heading" data-changes={release}>
      <div className="card-heading">
        <div>
          <h3 id="changes-heading">
            <Text of="changes.heading" values={{ name: formats.release(release) }} />
          </h3>
          {since === undefined ? null : (
            <p className="faint">
              <Text of="changes.since" values={{ name: formats.release(since), area: areaName }} />
            </p>
          )}
        </div>
      </div>
      {since === undefined ? (
        <p>
          <Text of="changes.first" />
        </p>
      ) : query.error !== null && query.data === undefined ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} bare />
      ) : query.data === undefined ? (
        <BlockSkeleton />
      ) : (
        <Gradually key={`${release} ${since} ${area}`} fallback={<BlockSkeleton />}>
          <Counts changes={query.data} />
          {rows.length === 0 ? (
            <p>
              <Text of="changes.none" />
            </p>
          ) : (
            <FiguresTable
              name="changes"
              caption={<Text of="changes.caption" />}
              columns={[
                { key: 'indicator', heading: <Text of="changes.indicator" />, isText: true },
                { key: 'old', heading: <Text of="changes.old" /> },
                { key: 'new', heading: <Text of="changes.new" /> },
                ...(withEffects
                  ? effects.map((key) => ({ key, heading: <Text of={`compare.column.${key}`} /> }))
                  : []),
              ]}
            >
              {rows.map((revision) => (
                <RevisionRow
                  key={revision.indicator}
                  url={url}
                  revision={revision}
                  summary={catalogue.find(({ code }) => code === revision.indicator)}
                  withEffects={withEffects}
                />
              ))}
            </FiguresTable>
          )}
        </Gradually>
      )}
    </section>
  );
};
