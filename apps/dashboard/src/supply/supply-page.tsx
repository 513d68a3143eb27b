import { useQuery } from '@tanstack/react-query';
import type { PageProps } from '../page-props.js';
import { FigureTiles } from '../panel/figure-tile.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import type { ToldTopic } from '../panel/topic.js';
import { TopicPage } from '../panel/topic-page.js';
import { useBatch } from '../panel/use-batch.js';
import { useTold } from '../panel/use-told.js';
import { BlockSkeleton, Failure, FiguresSkeleton, Nothing } from '../states.js';
import { Text } from '../language.js';
import { BalanceCard } from './balance-card.js';
import { LatenessCard } from './lateness-card.js';
import { supplyQuery } from './supply-api.js';

const ofArea = ['DQ_COMP', 'DQ_UNK_IND', 'DQ_UNK_OCC', 'LINK_R@Q'];
const ofAll = ['DQ_LAG50', 'DQ_LAG95', 'DQ_REJ', 'DQ_CORR_SH'];

const SeriesCards = ({ here, all }: { here: ToldTopic; all: ToldTopic }) => (
  <>
    <div className="card-pair">
      <IndicatorsCard
        topic={here}
        name="completeness"
        title="supply.completeness"
        note="supply.completeness.note"
        kind="lines"
        of={['DQ_COMP']}
      />
      <IndicatorsCard
        topic={all}
        name="lags"
        title="supply.lags"
        kind="lines"
        of={['DQ_LAG50', 'DQ_LAG95']}
      />
    </div>
    <div className="card-pair">
      <IndicatorsCard
        topic={here}
        name="unknown"
        title="supply.unknown"
        kind="lines"
        of={['DQ_UNK_IND', 'DQ_UNK_OCC']}
      />
      <IndicatorsCard
        topic={all}
        name="corrected"
        title="supply.rejected"
        kind="lines"
        of={['DQ_CORR_SH']}
        inTable={['DQ_CORR_SH', 'DQ_REJ']}
      />
    </div>
  </>
);

const Supply = ({ topic }: { topic: ToldTopic }) => {
  const { page, areas, catalogue } = topic;
  const supply = useQuery(supplyQuery(page.url.release ?? 'latest'));
  const all = useTold(topic, { indicators: ofAll, by: [] });
  const senders = useBatch(
    { indicators: ['DQ_LAG50', 'DQ_LAG95'], by: ['agency', 'contract'] },
    page,
    catalogue,
  );
  const failed = (supply.data === undefined ? supply.error : null) ?? all.error;
  if (failed !== null)
    return (
      <Failure
        error={failed}
        onRetry={() => {
          void supply.refetch();
          all.retry();
        }}
      />
    );
  if (supply.data === undefined) return <FiguresSkeleton />;
  if (supply.data.senders.length === 0) return <Nothing title="supply.none" hint="state.empty.all.hint" />;
  return (
    <>
      <BalanceCard page={page} supply={supply.data} />
      {all.told === undefined ? (
        <div className="card">
          <BlockSkeleton />
        </div>
      ) : (
        <>
          <section aria-labelledby="supply-tiles">
            <h3 id="supply-tiles" className="unseen">
              <Text of="supply.quality" />
            </h3>
            <FigureTiles
              page={page}
              told={new Map([...topic.told, ...all.told])}
              asked={[...ofArea, ...ofAll]}
            />
          </section>
          <LatenessCard
            page={page}
            supply={supply.data}
            median={senders.told?.get('DQ_LAG50')}
            tail={senders.told?.get('DQ_LAG95')}
          />
          <SeriesCards
            here={topic}
            all={{ ...topic, told: all.told, areaName: areas.nameOf(areas.country) }}
          />
        </>
      )}
    </>
  );
};

/** Who sent what, what became of it, how complete and how punctual it is. */
const SupplyPage = (page: PageProps) => (
  <TopicPage page={page} heading="supply.heading" lead="supply.lead" asked={ofArea}>
    {(topic) => <Supply topic={topic} />}
  </TopicPage>
);

export default SupplyPage;
