import type { PageProps } from '../page-props.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import type { ToldTopic } from '../panel/topic.js';
import { TopicPage } from '../panel/topic-page.js';
import { latestFigure } from '../readings.js';
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

const Cards = ({ topic }: { topic: ToldTopic }) => {
  const units = topic.told.get('IND_UNITS')?.rows ?? [];
  const [first, last] = [units[0]?.period, latestFigure(units)?.period];
  const span = first === undefined || last === undefined ? undefined : ([first, last] as const);
  return (
    <>
      <div className="card-pair">
        <IndicatorsCard
          topic={topic}
          name="demography"
          title="business.demography"
          kind="bars"
          of={demography}
        />
        <IndicatorsCard
          topic={topic}
          name="survival"
          title="business.survival"
          note="business.survival.note"
          kind="bars"
          of={survival}
        />
      </div>
      <div className="card-pair">
        <IndicatorsCard
          topic={topic}
          name="employers"
          title="business.employers"
          kind="lines"
          of={['ENT_EMPLOYERS']}
        />
        <SizeCard topic={topic} />
      </div>
      <PermitsCard topic={topic} span={span} />
      <IndicatorsCard
        topic={topic}
        name="conversion"
        title="business.conversion"
        kind="lines"
        of={conversion}
      />
      <div className="card-pair">
        <UnitsCard topic={topic} month={last} />
        <IndicatorsCard topic={topic} name="activity" title="business.activity" kind="stack" of={activity} />
      </div>
      <div className="card-pair">
        <IndicatorsCard
          topic={topic}
          name="capacity"
          title="business.capacity"
          note="business.capacity.note"
          kind="lines"
          of={capacity}
        />
        <EstatesCard topic={topic} span={span} />
      </div>
    </>
  );
};

/** Enterprises, permits, industrial units and estates of an area. */
const BusinessPage = (page: PageProps) => (
  <TopicPage
    page={page}
    heading="business.heading"
    lead="business.lead"
    asked={asked}
    tiles={{ heading: 'business.tiles', of: tiles }}
  >
    {(topic) => <Cards topic={topic} />}
  </TopicPage>
);

export default BusinessPage;
