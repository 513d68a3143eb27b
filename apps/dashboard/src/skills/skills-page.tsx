import { Text, useText } from '../language.js';
import type { PageProps } from '../page-props.js';
import { FigureTiles } from '../panel/figure-tile.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import { pick } from '../panel/pick.js';
import { TopicPage, type Topic } from '../panel/topic-page.js';
import { useBatch } from '../panel/use-batch.js';
import { latestFigure } from '../readings.js';
import { Failure, FiguresSkeleton } from '../states.js';
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

const Skills = ({ topic }: { topic: Topic }) => {
  const { page, areas, areaName, catalogue } = topic;
  const text = useText();
  const { told, error, retry } = useBatch({ indicators: asked, by: [], area: areas.chosen }, page, catalogue);
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (told === undefined) return <FiguresSkeleton />;
  // a cohort of which twelve months can be seen
  const ripe = latestFigure(told.get('GRAD_EMP_12@Q')?.rows ?? [])?.period;
  return (
    <>
      <section aria-labelledby="skills-tiles">
        <h3 id="skills-tiles" className="unseen">
          <Text of="skills.tiles" />
        </h3>
        <FigureTiles page={page} told={told} asked={tiles} />
      </section>
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="certificates"
          title={text('skills.certificates')}
          kind="lines"
          told={pick(told, ['CERT_ISSUED', 'CERT_PERS'])}
          areaName={areaName}
        />
        <IndicatorsCard
          page={page}
          name="graduates"
          title={text('skills.graduates')}
          note={<Text of="skills.graduates.note" />}
          kind="lines"
          told={pick(told, graduates)}
          areaName={areaName}
        />
      </div>
      <GapCard topic={topic} />
      <div className="card-pair">
        <EntryCard topic={topic} period={ripe} median={told.get('GRAD_TTE_MED@Q')} />
        <IndicatorsCard
          page={page}
          name="placements"
          title={text('skills.placements')}
          kind="lines"
          told={pick(told, placements)}
          areaName={areaName}
        />
      </div>
    </>
  );
};

/** Certificates, what became of their holders, and skills that are short. */
const SkillsPage = (page: PageProps) => (
  <TopicPage page={page} heading="skills.heading" lead="skills.lead">
    {(topic) => <Skills topic={topic} />}
  </TopicPage>
);

export default SkillsPage;
