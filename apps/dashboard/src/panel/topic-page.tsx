import '../styles/pages.css';
import '../styles/panel.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AreaChoice } from '../area-choice.js';
import type { IndicatorSummary } from '../indicator-api.js';
import { catalogueQuery } from '../indicator-queries.js';
import { Text } from '../language.js';
import type { MessageKey } from '../messages-en.js';
import type { PageProps } from '../page-props.js';
import { Failure, FiguresSkeleton, Nothing } from '../states.js';
import { useAreas, type Areas } from '../use-areas.js';

/** What the parts of a topic are told. */
export type Topic = {
  readonly page: PageProps;
  readonly areas: Areas;
  readonly areaName: string;
  readonly catalogue: readonly IndicatorSummary[];
};

const Heading = (props: { topic: Topic; heading: MessageKey; lead: MessageKey }) => {
  const { topic, heading, lead } = props;
  return (
    <div className="page-heading">
      <div>
        <h2>
          <Text of={heading} values={{ area: topic.areaName }} />
        </h2>
        <p className="faint">
          <Text of={lead} />
        </p>
      </div>
      <AreaChoice url={topic.page.url} areas={topic.areas} />
    </div>
  );
};

/** A page about one topic for the chosen area: heading and area choice, then its parts once the catalogue is there. */
export const TopicPage = (props: {
  page: PageProps;
  heading: MessageKey;
  lead: MessageKey;
  children: (topic: Topic) => ReactNode;
}) => {
  const { page, heading, lead, children } = props;
  const catalogue = useQuery(catalogueQuery);
  const { areas, none, error, retry } = useAreas(page.url);
  const failure = (catalogue.data === undefined ? catalogue.error : null) ?? error;
  if (failure !== null || none || catalogue.data === undefined || areas === undefined)
    return (
      <div id="figures" tabIndex={-1}>
        {failure !== null ? (
          <Failure
            error={failure}
            onRetry={() => {
              retry();
              void catalogue.refetch();
            }}
          />
        ) : none ? (
          <Nothing title="state.empty.all" hint="state.empty.all.hint" />
        ) : (
          <FiguresSkeleton />
        )}
      </div>
    );
  const topic = { page, areas, areaName: areas.nameOf(areas.chosen), catalogue: catalogue.data };
  return (
    <div id="figures" tabIndex={-1}>
      <Heading topic={topic} heading={heading} lead={lead} />
      {children(topic)}
    </div>
  );
};
