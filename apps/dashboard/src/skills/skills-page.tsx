import type { PageProps } from '../page-props.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import { TopicPage } from '../panel/topic-page.js';
import { latestFigure } from '../readings.js';
import { EntryCard } from './entry-card.js';
import { GapCard } from './gap-card.js';

const tiles = [
  'CERT_ISSUED',
  'CERT_PERS',
  'PROG_COMPL_R@Q',
  'GRAD_EMP_6@Q',
  'GRAD_UPLIFT@Q',
  'SKILL_MATCH@Q',
  'GRAD_TTE_MED@Q',
  'LINK_R@Q',
];
const graduates = ['GRAD_EMP_6@Q', 'GRAD_EMP_12@Q', 'GRAD_EVER_6@Q', 'GRAD_EVER_12@Q'];
const placements = ['PLACE_6@Q', 'PLACE_12@Q', 'PLACE_R@Q'];
const asked = [...new Set([...tiles, ...graduates, ...placements])];

/** Certificates, what became of their holders, and skills that are short. */
const SkillsPage = (page: PageProps) => (
  <TopicPage
    page={page}
    heading="skills.heading"
    lead="skills.lead"
    asked={asked}
    tiles={{ heading: 'skills.tiles', of: tiles }}
  >
    {(topic) => (
      <>
        <div className="card-pair">
          <IndicatorsCard
            topic={topic}
            name="certificates"
            title="skills.certificates"
            kind="lines"
            of={['CERT_ISSUED', 'CERT_PERS']}
          />
          <IndicatorsCard
            topic={topic}
            name="graduates"
            title="skills.graduates"
            note="skills.graduates.note"
            kind="lines"
            of={graduates}
          />
        </div>
        <GapCard topic={topic} />
        <div className="card-pair">
          <EntryCard
            topic={topic}
            // a cohort of which twelve months can be seen
            period={latestFigure(topic.told.get('GRAD_EMP_12@Q')?.rows ?? [])?.period}
            median={topic.told.get('GRAD_TTE_MED@Q')}
          />
          <IndicatorsCard
            topic={topic}
            name="placements"
            title="skills.placements"
            kind="lines"
            of={placements}
          />
        </div>
      </>
    )}
  </TopicPage>
);

export default SkillsPage;
