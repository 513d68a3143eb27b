import { useQuery } from '@tanstack/react-query';
import { Text, useText } from '../language.js';
import type { PageProps } from '../page-props.js';
import { FigureTiles } from '../panel/figure-tile.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import { pick } from '../panel/pick.js';
import { TopicPage, type Topic } from '../panel/topic-page.js';
import { useBatch } from '../panel/use-batch.js';
import { BlockSkeleton, Failure, FiguresSkeleton, Nothing } from '../states.js';
import { BalanceCard } from './balance-card.js';
import { LatenessCard } from './lateness-card.js';
import { supplyQuery } from './supply-api.js';

const ofArea = ['DQ_COMP', 'DQ_UNK_IND', 'DQ_UNK_OCC', 'LINK_R@Q'];
const ofAll = ['DQ_LAG50', 'DQ_LAG95', 'DQ_REJ', 'DQ_CORR_SH'];

const Supply = ({ topic }: { topic: Topic }) => {
  const { page, areas, areaName, catalogue } = topic;
  const text = useText();
  const supply = useQuery(supplyQuery(page.url.release ?? 'latest'));
  const here = useBatch({ indicators: ofArea, by: [], area: areas.chosen }, page, catalogue);
  const whole = useBatch({ indicators: ofAll, by: [] }, page, catalogue);
  const senders = useBatch(
    { indicators: ['DQ_LAG50', 'DQ_LAG95'], by: ['agency', 'contract'] },
    page,
    catalogue,
  );
  const country = areas.nameOf(areas.country);
  const failed = (supply.data === undefined ? supply.error : null) ?? here.error ?? whole.error;
  if (failed !== null)
    return (
      <Failure
        error={failed}
        onRetry={() => {
          void supply.refetch();
          here.retry();
          whole.retry();
        }}
      />
    );
  if (supply.data === undefined) return <FiguresSkeleton />;
  if (supply.data.senders.length === 0) return <Nothing title="supply.none" hint="state.empty.all.hint" />;
  return (
    <>
      <BalanceCard page={page} supply={supply.data} />
      {here.told === undefined || whole.told === undefined ? (
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
              told={new Map([...here.told, ...whole.told])}
              asked={[...ofArea, ...ofAll]}
            />
          </section>
          <LatenessCard
            url={page.url}
            supply={supply.data}
            median={senders.told?.get('DQ_LAG50')}
            tail={senders.told?.get('DQ_LAG95')}
          />
          <div className="card-pair">
            <IndicatorsCard
              page={page}
              name="completeness"
              title={text('supply.completeness')}
              note={<Text of="supply.completeness.note" />}
              kind="lines"
              told={pick(here.told, ['DQ_COMP'])}
              areaName={areaName}
            />
            <IndicatorsCard
              page={page}
              name="lags"
              title={text('supply.lags')}
              kind="lines"
              told={pick(whole.told, ['DQ_LAG50', 'DQ_LAG95'])}
              areaName={country}
            />
          </div>
          <div className="card-pair">
            <IndicatorsCard
              page={page}
              name="unknown"
              title={text('supply.unknown')}
              kind="lines"
              told={pick(here.told, ['DQ_UNK_IND', 'DQ_UNK_OCC'])}
              areaName={areaName}
            />
            <IndicatorsCard
              page={page}
              name="corrected"
              title={text('supply.rejected')}
              kind="lines"
              told={pick(whole.told, ['DQ_CORR_SH'])}
              inTable={pick(whole.told, ['DQ_CORR_SH', 'DQ_REJ'])}
              areaName={country}
            />
          </div>
        </>
      )}
    </>
  );
};

/** Who sent what, what became of it, how complete and how punctual it is. */
const SupplyPage = (page: PageProps) => (
  <TopicPage page={page} heading="supply.heading" lead="supply.lead">
    {(topic) => <Supply topic={topic} />}
  </TopicPage>
);

export default SupplyPage;
