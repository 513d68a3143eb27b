import '../styles/compare.css';
import { useQuery } from '@tanstack/react-query';
import type { Release } from '../api.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { catalogueQuery } from '../indicator-queries.js';
import { Text, useFormats } from '../language.js';
import { headlines, type Headline } from '../overview/headline.js';
import { BlockSkeleton, Failure } from '../states.js';
import type { UrlState } from '../url-state.js';
import { useAreas, type Areas } from '../use-areas.js';
import { CompareFinding } from './compare-finding.js';
import { ComparePeriods } from './compare-periods.js';
import { CompareTable } from './compare-table.js';
import { RecordCounts } from './effects.js';
import { useComparison } from './use-comparison.js';

const ownIndicator = 'EMP_JOBS';

/** What a page shows, as far as it can be compared: its indicator, or the headline indicators. */
const shownOn = (url: UrlState, catalogue: readonly IndicatorSummary[]): readonly Headline[] => {
  if (url.page !== 'indicator' && url.page !== 'revisions') return headlines;
  const code = url.indicator ?? ownIndicator;
  const summary = catalogue.find((one) => one.code === code);
  return summary === undefined ? [] : [{ code, freq: url.freq ?? summary.frequencies[0] ?? 'M' }];
};

const Loaded = (props: {
  url: UrlState;
  releases: readonly Release[] | undefined;
  catalogue: readonly IndicatorSummary[];
  areas: Areas;
}) => {
  const { url, releases, catalogue, areas } = props;
  const formats = useFormats();
  const shown = shownOn(url, catalogue);
  const single = shown.length === 1 ? catalogue.find(({ code }) => code === shown[0]?.code) : undefined;
  const byArea = single === undefined || single.dimensions.includes('area');
  const area = byArea ? areas.chosen : areas.country;
  const compared = useComparison(url, releases, shown, catalogue, area);
  if (compared === undefined || shown.length === 0) return null;
  const { comparison, from, to, error, retry } = compared;
  const [only] = comparison?.indicators ?? [];
  return (
    <section className="card" aria-labelledby="compare-heading" data-compare={comparison !== undefined}>
      <div className="card-heading">
        <div>
          <h2 id="compare-heading">
            <Text of="compare.heading" values={{ from, to }} />
          </h2>
          <p className="faint">
            <Text
              of="compare.lead"
              values={{
                what:
                  single === undefined
                    ? areas.nameOf(area)
                    : [formats.name(single.name), areas.nameOf(area)].join(formats.comma),
              }}
            />
          </p>
        </div>
      </div>
      {error !== null ? (
        <Failure error={error} onRetry={retry} bare />
      ) : comparison === undefined ? (
        <BlockSkeleton />
      ) : (
        <>
          <CompareFinding comparison={comparison} />
          <CompareTable
            url={url}
            compared={compared}
            indicators={comparison.indicators}
            catalogue={catalogue}
            areaName={areas.nameOf(area)}
          />
          {single === undefined || only === undefined ? null : (
            <>
              <p className="faint">
                <RecordCounts records={only.records} />
              </p>
              <ComparePeriods comparison={only} compared={compared} />
            </>
          )}
          <p className="faint">
            <Text of="compare.note" />{' '}
            <Text
              of="compare.note.redefined"
              values={{ redefined: comparison.indicators.filter((one) => one.redefined).length }}
            />
          </p>
        </>
      )}
    </section>
  );
};

/** Two positions side by side, for what the page shows. */
const CompareCard = ({ url, releases }: { url: UrlState; releases: readonly Release[] | undefined }) => {
  const catalogue = useQuery(catalogueQuery);
  const { areas, none, error } = useAreas(url);
  // what keeps the page itself from its figures is told by the page
  if (none || error !== null || (catalogue.isError && catalogue.data === undefined)) return null;
  if (catalogue.data === undefined || areas === undefined)
    return (
      <div className="card">
        <BlockSkeleton />
      </div>
    );
  return <Loaded url={url} releases={releases} catalogue={catalogue.data} areas={areas} />;
};

export default CompareCard;
