import { KarnamaError } from '@karnama/kernel';
import type { Access, PlannedTopic, TopicPlan } from './topic-plan.js';

/** What the broker has of a plan's topics, and all access rights. */
export type BrokerState = {
  readonly topics: ReadonlyMap<
    string,
    { readonly partitions: number; readonly settings: Readonly<Record<string, string>> }
  >;
  readonly access: readonly Access[];
};

export type TopicChange =
  | { readonly kind: 'create'; readonly topic: PlannedTopic }
  | { readonly kind: 'grow'; readonly topic: PlannedTopic; readonly from: number }
  | {
      readonly kind: 'configure';
      readonly topic: PlannedTopic;
      readonly differing: readonly {
        readonly name: string;
        readonly from: string | null;
        readonly to: string;
      }[];
    }
  | { readonly kind: 'allow'; readonly access: Access };

export type TopicChanges = {
  readonly changes: readonly TopicChange[];
  /** Rights over the plan's topics that the plan does not give; they are shown, and taken away by hand. */
  readonly superfluous: readonly Access[];
};

const textOf = ({ principal, operation, resource, pattern, name }: Access): string =>
  JSON.stringify([principal, operation, resource, pattern, name]);

const changesOf = (topic: PlannedTopic, state: BrokerState): readonly TopicChange[] => {
  const there = state.topics.get(topic.name);
  if (there === undefined) return [{ kind: 'create', topic }];
  if (there.partitions > topic.partitions)
    throw new KarnamaError(
      'fewer-partitions',
      `${topic.name} has ${there.partitions} partitions, and a topic cannot shrink to ${topic.partitions}`,
      'plan as many as there are, or more',
    );
  const differing = Object.entries(topic.settings)
    .map(([name, to]) => ({ name, from: there.settings[name] ?? null, to }))
    .filter(({ from, to }) => from !== to);
  return [
    ...(there.partitions < topic.partitions
      ? [{ kind: 'grow', topic, from: there.partitions } as const]
      : []),
    ...(differing.length > 0 ? [{ kind: 'configure', topic, differing } as const] : []),
  ];
};

const touches = ({ resource, pattern, name }: Access, topics: readonly PlannedTopic[]): boolean =>
  resource === 'topic' &&
  topics.some(
    (topic) => name === '*' || (pattern === 'prefixed' ? topic.name.startsWith(name) : topic.name === name),
  );

/**
 * What must be done so that the broker has what the plan says. Nothing is ever deleted.
 * @throws KarnamaError `fewer-partitions`
 */
export const topicChanges = (plan: TopicPlan, state: BrokerState): TopicChanges => {
  const given = new Set(state.access.map(textOf));
  const wanted = new Set(plan.access.map(textOf));
  return {
    changes: [
      ...plan.topics.flatMap((topic) => changesOf(topic, state)),
      ...plan.access
        .filter((access) => !given.has(textOf(access)))
        .map((access) => ({ kind: 'allow', access }) as const),
    ],
    superfluous: state.access.filter((access) => touches(access, plan.topics) && !wanted.has(textOf(access))),
  };
};
