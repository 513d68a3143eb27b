import type { RecordSource } from '@karnama/kernel';
import type { CellStore, CodeFilter, Generation } from './cell-store.js';
import type { Contribution, Dataflow } from './dataflow.js';

/** Which cells are asked about: as in a `CellQuery`, on the effective time axis. */
export type CellSelection = {
  readonly where: Readonly<Record<string, CodeFilter>>;
  readonly from?: number;
  readonly to?: number;
};

/** What one entity puts into the chosen cells, and the records it is known by. */
export type Trace = {
  readonly entity: string;
  /** Sums in the order of the dataflow's measures. */
  readonly measures: readonly number[];
  readonly sources: readonly RecordSource[];
};

/**
 * The way from a figure back to its entities: everyone whose contributions to the chosen cells do not
 * cancel out, as known now. Their sum is the figure. Reads every state once, in bounded memory.
 */
export const tracesOf = async function* (
  store: CellStore,
  generation: Generation,
  dataflow: Dataflow<never>,
  selection: CellSelection,
): AsyncIterable<Trace> {
  const { register } = generation.projection;
  const isChosen = chosenBy(dataflow, selection);
  for await (const states of store.allStates(generation))
    for (const [entity, encoded] of states) {
      const state = register.decode(encoded) as never;
      const measures = new Array<number>(dataflow.measures.length).fill(0);
      for (const contribution of dataflow.contributions(state))
        if (isChosen(contribution))
          contribution.measures.forEach((value, i) => (measures[i] = (measures[i] ?? 0) + value));
      if (measures.some((value) => value !== 0))
        yield { entity, measures, sources: register.sources?.(state) ?? [] };
    }
};

const chosenBy = (
  dataflow: Dataflow<never>,
  { where, from, to }: CellSelection,
): ((contribution: Contribution) => boolean) => {
  const filters = Object.entries(where).map(
    ([code, filter]) =>
      [dataflow.dimensions.findIndex((dimension) => dimension.code === code), filter] as const,
  );
  return ({ month, codes }) =>
    (from === undefined || month >= from) &&
    (to === undefined || month <= to) &&
    filters.every(([at, filter]) => {
      const code = codes[at] ?? '';
      return filter.codes.includes(code) || filter.prefixes.some((prefix) => code.startsWith(prefix));
    });
};
