import { Text, useText } from '../language.js';
import type { PageProps } from '../page-props.js';
import { FigureTiles } from '../panel/figure-tile.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import { pick } from '../panel/pick.js';
import { TopicPage, type Topic } from '../panel/topic-page.js';
import { useBatch } from '../panel/use-batch.js';
import { latestFigure } from '../readings.js';
import { Failure, FiguresSkeleton } from '../states.js';
import { EstatesCard } from './estates-card.js';
import { PermitsCard } from './permits-card.js';
import { SizeCard } from './size-card.js';
import { UnitsCard } from './units-card.js';

const tiles = [
  'ENT_EMPLOYERS',
  'ENT_ACTIVE@A',
  'ENT_BIRTH_R@A',
  'JOBS_BIRTH@A',
  'IND_UNITS',
  'IND_BUILDING',
  'CAP_UTIL',
  'ESTATE_FILL',
];
const demography = ['ENT_BIRTH_R@A', 'ENT_DEATH_R@A', 'HGE_R@A'];
const survival = ['ENT_SURV_1@A', 'ENT_SURV_2@A', 'ENT_SURV_3@A', 'ENT_SURV_4@A', 'ENT_SURV_5@A'];
const conversion = ['PERMIT_CONV_24@Q', 'PERMIT_CONV_36@Q'];
const activity = ['IND_ACTIVE_SH', 'IND_SEMI_SH', 'IND_IDLE_SH'];
const capacity = ['CAP_UTIL', 'CAP_COVER'];
const asked = [...new Set([...tiles, ...demography, ...survival, ...conversion, ...activity, ...capacity])];

const Business = ({ topic }: { topic: Topic }) => {
  const { page, areas, areaName, catalogue } = topic;
  const text = useText();
  const { told, error, retry } = useBatch({ indicators: asked, by: [], area: areas.chosen }, page, catalogue);
  const sizes = useBatch(
    { indicators: ['ENT_EMPLOYERS'], by: ['size'], area: areas.chosen },
    page,
    catalogue,
  );
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (told === undefined) return <FiguresSkeleton />;
  const units = told.get('IND_UNITS')?.rows ?? [];
  const [first, last] = [units[0]?.period, latestFigure(units)?.period];
  const span = first === undefined || last === undefined ? undefined : ([first, last] as const);
  const bySize = sizes.told?.get('ENT_EMPLOYERS');
  return (
    <>
      <section aria-labelledby="business-tiles">
        <h3 id="business-tiles" className="unseen">
          <Text of="business.tiles" />
        </h3>
        <FigureTiles page={page} told={told} asked={tiles} />
      </section>
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="demography"
          title={text('business.demography')}
          kind="bars"
          told={pick(told, demography)}
          areaName={areaName}
        />
        <IndicatorsCard
          page={page}
          name="survival"
          title={text('business.survival')}
          note={<Text of="business.survival.note" />}
          kind="bars"
          told={pick(told, survival)}
          areaName={areaName}
        />
      </div>
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="employers"
          title={text('business.employers')}
          kind="lines"
          told={pick(told, ['ENT_EMPLOYERS'])}
          areaName={areaName}
        />
        {bySize === undefined ? null : <SizeCard topic={topic} told={bySize} />}
      </div>
      <PermitsCard topic={topic} span={span} />
      <IndicatorsCard
        page={page}
        name="conversion"
        title={text('business.conversion')}
        kind="lines"
        told={pick(told, conversion)}
        areaName={areaName}
      />
      <div className="card-pair">
        <UnitsCard topic={topic} month={last} />
        <IndicatorsCard
          page={page}
          name="activity"
          title={text('business.activity')}
          kind="stack"
          told={pick(told, activity)}
          areaName={areaName}
        />
      </div>
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="capacity"
          title={text('business.capacity')}
          note={<Text of="business.capacity.note" />}
          kind="lines"
          told={pick(told, capacity)}
          areaName={areaName}
        />
        <EstatesCard topic={topic} span={span} />
      </div>
    </>
  );
};

/** Enterprises, permits, industrial units and estates of an area. */
const BusinessPage = (page: PageProps) => (
  <TopicPage page={page} heading="business.heading" lead="business.lead">
    {(topic) => <Business topic={topic} />}
  </TopicPage>
);

export default BusinessPage;
