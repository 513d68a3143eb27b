import type { CellStore, CodeFilter, Contribution, Dataflow, Generation } from '@karnama/cells';
import type { RecordSource } from '@karnama/kernel';
import type { Term } from './terms.js';

/** A term with what the question chooses of its dataflow. */
export type ChosenTerm = { readonly term: Term; readonly where: Readonly<Record<string, CodeFilter>> };

/** What one entity puts into each of the terms, and the records it is known by. */
export type TracedEntity = {
  readonly entity: string;
  readonly contributes: readonly number[];
  readonly sources: readonly RecordSource[];
};

/**
 * Everyone whose contributions to at least one of the terms do not cancel out, as known now; what they
 * contribute to a term adds up to it. Reads every state of the projection once, in bounded memory.
 * @param chosen terms over dataflows of the projection of the generation
 */
export const entitiesIn = async function* (
  store: CellStore,
  generation: Generation,
  chosen: readonly ChosenTerm[],
): AsyncIterable<TracedEntity> {
  const { register, dataflows } = generation.projection;
  const counters = dataflows.flatMap((dataflow) => counterOf(dataflow as Dataflow<never>, chosen));
  for await (const states of store.allStates(generation))
    for (const [entity, encoded] of states) {
      const state = register.decode(encoded) as never;
      const contributes = chosen.map(() => 0);
      for (const count of counters) count(state, contributes);
      if (contributes.some((value) => value !== 0))
        yield { entity, contributes, sources: register.sources?.(state) ?? [] };
    }
};

type Counter = (state: never, into: number[]) => void;

/** Adds up what a state puts into the terms of one dataflow; none when no term is of it. */
const counterOf = (dataflow: Dataflow<never>, chosen: readonly ChosenTerm[]): readonly Counter[] => {
  const own = chosen.flatMap(({ term, where }, at) =>
    term.dataflow === dataflow.code
      ? [{ at, measure: placeOf(dataflow, term.measure), takes: takerOf(dataflow, term, where) }]
      : [],
  );
  if (own.length === 0) return [];
  return [
    (state, into) => {
      for (const contribution of dataflow.contributions(state))
        for (const { at, measure, takes } of own)
          if (takes(contribution)) into[at] = (into[at] ?? 0) + (contribution.measures[measure] ?? 0);
    },
  ];
};

const placeOf = ({ measures }: Dataflow<never>, measure: string): number =>
  measures.findIndex(({ code }) => code === measure);

const takerOf = (
  { dimensions }: Dataflow<never>,
  { from, to, conditions, wholes }: Term,
  where: ChosenTerm['where'],
): ((contribution: Contribution) => boolean) => {
  const place = (dimension: string): number => dimensions.findIndex(({ code }) => code === dimension);
  const tests = [
    ...Object.entries(conditions).map(([dimension, test]) => [place(dimension), test] as const),
    ...Object.entries(where)
      .filter(([dimension]) => !wholes.includes(dimension))
      .map(([dimension, filter]) => [place(dimension), passes(filter)] as const),
  ];
  return ({ month, codes }) =>
    (from === null || month >= from) && month <= to && tests.every(([at, test]) => test(codes[at] ?? ''));
};

const passes =
  ({ codes, prefixes }: CodeFilter) =>
  (code: string): boolean =>
    codes.includes(code) || prefixes.some((prefix) => code.startsWith(prefix));
