import type { PageProps } from '../page-props.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import type { ToldTopic } from '../panel/topic.js';
import { TopicPage } from '../panel/topic-page.js';
import { latestFigure } from '../readings.js';
import { BeveridgeCard } from './beveridge-card.js';
import { ReasonsCard } from './reasons-card.js';

const tiles = ['HIRES', 'SEPS', 'NET_ECON', 'TURN_R', 'QUIT_R', 'LAYOFF_R', 'RECALL_SH', 'TENURE_SEP_MED'];
const rates = ['HIRE_R', 'SEP_R', 'TURN_R', 'CHURN_R'];
const jobs = ['JC@Q', 'JD@Q'];
const jobRates = ['JCR@Q', 'JDR@Q', 'JRR@Q', 'EXC_R@Q'];
const asked = [...new Set([...tiles, ...rates, ...jobs, ...jobRates, 'JSK_RATIO', 'JVR', 'TIGHT'])];

const Cards = ({ topic }: { topic: ToldTopic }) => {
  const { told } = topic;
  const [seekers, vacancies] = [told.get('JSK_RATIO'), told.get('JVR')];
  const separations = told.get('SEPS');
  const [first, last] = [separations?.rows[0]?.period, latestFigure(separations?.rows ?? [])?.period];
  return (
    <>
      <div className="card-pair">
        <IndicatorsCard
          topic={topic}
          name="counts"
          title="flows.counts"
          kind="lines"
          of={['HIRES', 'SEPS']}
        />
        <IndicatorsCard topic={topic} name="rates" title="flows.rates" kind="lines" of={rates} />
      </div>
      <ReasonsCard
        topic={topic}
        span={first === undefined || last === undefined ? undefined : [first, last]}
      />
      <div className="card-pair">
        <IndicatorsCard
          topic={topic}
          name="jobs"
          title="flows.jobs"
          note="flows.jobs.note"
          kind="bars"
          of={jobs}
        />
        <IndicatorsCard topic={topic} name="job-rates" title="flows.jobs.rates" kind="lines" of={jobRates} />
      </div>
      <div className="card-pair">
        {seekers === undefined || vacancies === undefined ? null : (
          <BeveridgeCard topic={topic} seekers={seekers} vacancies={vacancies} />
        )}
        <IndicatorsCard
          topic={topic}
          name="tightness"
          title="flows.tightness"
          note="flows.tightness.note"
          kind="lines"
          of={['TIGHT']}
        />
      </div>
    </>
  );
};

/** Hires and separations, job creation and destruction, vacancies and jobseekers of an area. */
const FlowsPage = (page: PageProps) => (
  <TopicPage
    page={page}
    heading="flows.heading"
    lead="flows.lead"
    asked={asked}
    tiles={{ heading: 'flows.tiles', of: tiles }}
  >
    {(topic) => <Cards topic={topic} />}
  </TopicPage>
);

export default FlowsPage;
