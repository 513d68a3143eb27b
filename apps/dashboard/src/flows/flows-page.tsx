import { Text, useText } from '../language.js';
import type { PageProps } from '../page-props.js';
import { FigureTiles } from '../panel/figure-tile.js';
import { IndicatorsCard } from '../panel/indicators-card.js';
import { pick } from '../panel/pick.js';
import { TopicPage, type Topic } from '../panel/topic-page.js';
import { useBatch } from '../panel/use-batch.js';
import { latestFigure } from '../readings.js';
import { Failure, FiguresSkeleton } from '../states.js';
import { BeveridgeCard } from './beveridge-card.js';
import { ReasonsCard } from './reasons-card.js';

const tiles = ['HIRES', 'SEPS', 'NET_ECON', 'TURN_R', 'QUIT_R', 'LAYOFF_R', 'RECALL_SH', 'TENURE_SEP_MED'];
const rates = ['HIRE_R', 'SEP_R', 'TURN_R', 'CHURN_R'];
const jobs = ['JC@Q', 'JD@Q'];
const jobRates = ['JCR@Q', 'JDR@Q', 'JRR@Q', 'EXC_R@Q'];
const asked = [...new Set([...tiles, ...rates, ...jobs, ...jobRates, 'JSK_RATIO', 'JVR', 'TIGHT'])];

const Flows = ({ topic }: { topic: Topic }) => {
  const { page, areas, areaName, catalogue } = topic;
  const text = useText();
  const { told, error, retry } = useBatch({ indicators: asked, by: [], area: areas.chosen }, page, catalogue);
  if (error !== null) return <Failure error={error} onRetry={retry} />;
  if (told === undefined) return <FiguresSkeleton />;
  const [seekers, vacancies] = [told.get('JSK_RATIO'), told.get('JVR')];
  const separations = told.get('SEPS');
  const [first, last] = [separations?.rows[0]?.period, latestFigure(separations?.rows ?? [])?.period];
  return (
    <>
      <section aria-labelledby="flows-tiles">
        <h3 id="flows-tiles" className="unseen">
          <Text of="flows.tiles" />
        </h3>
        <FigureTiles page={page} told={told} asked={tiles} />
      </section>
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="counts"
          title={text('flows.counts')}
          kind="lines"
          told={pick(told, ['HIRES', 'SEPS'])}
          areaName={areaName}
        />
        <IndicatorsCard
          page={page}
          name="rates"
          title={text('flows.rates')}
          kind="lines"
          told={pick(told, rates)}
          areaName={areaName}
        />
      </div>
      <ReasonsCard
        topic={topic}
        span={first === undefined || last === undefined ? undefined : [first, last]}
      />
      <div className="card-pair">
        <IndicatorsCard
          page={page}
          name="jobs"
          title={text('flows.jobs')}
          note={<Text of="flows.jobs.note" />}
          kind="bars"
          told={pick(told, jobs)}
          areaName={areaName}
        />
        <IndicatorsCard
          page={page}
          name="job-rates"
          title={text('flows.jobs.rates')}
          kind="lines"
          told={pick(told, jobRates)}
          areaName={areaName}
        />
      </div>
      <div className="card-pair">
        {seekers === undefined || vacancies === undefined ? null : (
          <BeveridgeCard topic={topic} seekers={seekers} vacancies={vacancies} />
        )}
        <IndicatorsCard
          page={page}
          name="tightness"
          title={text('flows.tightness')}
          note={<Text of="flows.tightness.note" />}
          kind="lines"
          told={pick(told, ['TIGHT'])}
          areaName={areaName}
        />
      </div>
    </>
  );
};

/** Hires and separations, job creation and destruction, vacancies and jobseekers of an area. */
const FlowsPage = (page: PageProps) => (
  <TopicPage page={page} heading="flows.heading" lead="flows.lead">
    {(topic) => <Flows topic={topic} />}
  </TopicPage>
);

export default FlowsPage;
