import '../styles/panel.css';
import type { ReactNode } from 'react';
import { AreaChoice } from '../area-choice.js';
import { FiguresFrame, type Known } from '../figures-frame.js';
import { Gradually } from '../gradually.js';
import { Text } from '../language.js';
import type { MessageKey } from '../messages-en.js';
import { PageHeading } from '../page-heading.js';
import type { PageProps } from '../page-props.js';
import { frequencyOf } from '../periods.js';
import { RangeChoices } from '../range-choices.js';
import { Failure, FiguresSkeleton } from '../states.js';
import { changeUrl } from '../url-state.js';
import { navigate } from '../use-url.js';
import { FigureTiles } from './figure-tile.js';
import { periodsOf } from './told.js';
import type { ToldTopic, Topic } from './topic.js';
import { useTold } from './use-told.js';

type Parts = {
  readonly heading: MessageKey;
  readonly lead: MessageKey;
  /** Every indicator that the page tells of the area, those of its cards with those of its tiles. */
  readonly asked: readonly string[];
  /** Those that are told as tiles above all else, and the name of that part. */
  readonly tiles?: { readonly heading: MessageKey; readonly of: readonly string[] };
  readonly children: (topic: ToldTopic) => ReactNode;
};

const Heading = (props: {
  topic: Topic;
  heading: MessageKey;
  lead: MessageKey;
  months: readonly string[];
}) => {
  const { topic, heading, lead, months } = props;
  const { url } = topic.page;
  return (
    <PageHeading title={<Text of={heading} values={{ area: topic.areaName }} />} lead={<Text of={lead} />}>
      <div className="page-choices">
        <AreaChoice url={url} areas={topic.areas} />
        <RangeChoices url={url} periods={months} choose={(change) => navigate(changeUrl(url, change))} />
      </div>
    </PageHeading>
  );
};

const Loaded = (props: Parts & { page: PageProps; known: Known }) => {
  const { page, known, heading, lead, asked, tiles, children } = props;
  const { areas, catalogue } = known;
  const topic: Topic = { page, areas, areaName: areas.nameOf(areas.chosen), catalogue };
  const { told, whole, error, retry } = useTold(topic, { indicators: asked, by: [], area: areas.chosen });
  const months = periodsOf([...(whole?.values() ?? [])]).filter((period) => frequencyOf(period) === 'M');
  return (
    <>
      <Heading topic={topic} heading={heading} lead={lead} months={months} />
      {error !== null ? (
        <Failure error={error} onRetry={retry} />
      ) : told === undefined ? (
        <FiguresSkeleton />
      ) : (
        <Gradually fallback={<FiguresSkeleton />}>
          {tiles === undefined ? null : (
            <section aria-labelledby="topic-tiles">
              <h3 id="topic-tiles" className="unseen">
                <Text of={tiles.heading} />
              </h3>
              <FigureTiles page={page} told={told} asked={tiles.of} />
            </section>
          )}
          {children({ ...topic, told })}
        </Gradually>
      )}
    </>
  );
};

/** A page about one topic: for the area and the range that are chosen its tiles, then its cards. */
export const TopicPage = ({ page, ...parts }: Parts & { page: PageProps }) => (
  <FiguresFrame url={page.url}>{(known) => <Loaded page={page} known={known} {...parts} />}</FiguresFrame>
);
