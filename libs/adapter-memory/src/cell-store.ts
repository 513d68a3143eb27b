import {
  CheckpointMoved,
  beginning,
  compareCells,
  measurePlaces,
  isSamePart,
  nameOfRollUp,
  partsOf,
  tableFor,
  type CellDelta,
  type CellDifference,
  type CellGroup,
  type CellQuery,
  type CellSeries,
  type CellStore,
  type CellTransaction,
  type Checkpoint,
  type CodeFilter,
  type Dataflow,
  type Generation,
  type Level,
  type Part,
  type Projection,
  type RollUp,
  type SeriesQuery,
  type Spool,
  type SpoolRun,
  type Whole,
  whole,
} from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { bell } from './bell.js';

/** One table: cells by key. Roll-ups hold `month` on their time axis and 0 as the other month. */
type Cell = Omit<CellDelta, 'measures'> & { readonly measures: readonly bigint[] };
type Table = Map<string, Cell>;

type Kept = {
  readonly projection: Projection;
  /** One for each part. */
  checkpoints: readonly Checkpoint[];
  states: Map<string, string>;
  /** Per dataflow: the base, then the roll-ups in order. */
  tables: Map<string, Table[]>;
  finished: boolean;
};

/** States, cells and checkpoints in memory: for tests of projections, and for trying things out. */
export const memoryCellStore = (): CellStore => {
  const kept = new Map<string, Map<number, Kept>>();
  const active = new Map<string, number>();
  const spools: Spools = new Map();
  let spoolNumber = 0;
  /** By projection. */
  const held = new Map<string, Part[]>();
  /** Rings when a hold is let go, and when another one may be sought. */
  const freed = bell();
  /** Transactions run one after another. */
  let queue: Promise<unknown> = Promise.resolve();

  const find = ({ projection, number }: Generation): Kept => {
    const found = kept.get(projection.name)?.get(number);
    if (found === undefined) throw new CheckpointMoved(projection.name);
    return found;
  };
  /** The same; a generation that was split otherwise since it was opened is gone. */
  const findStanding = (generation: Generation, { parts }: Pick<Part, 'parts'> = generation): Kept => {
    const found = find(generation);
    const { length } = found.checkpoints;
    if (length !== generation.parts || length !== parts)
      throw new CheckpointMoved(generation.projection.name);
    return found;
  };
  const partsInUse = ({ name }: Projection): number =>
    kept.get(name)?.get(active.get(name) ?? 0)?.checkpoints.length ?? 1;
  const begin = (projection: Projection): Generation => {
    const generations = kept.get(projection.name) ?? new Map<number, Kept>();
    kept.set(projection.name, generations);
    const number = Math.max(0, ...generations.keys()) + 1;
    const tables = new Map(projection.dataflows.map((flow) => [flow.code, emptyTables(flow)]));
    generations.set(number, {
      projection,
      checkpoints: [beginning],
      states: new Map(),
      tables,
      finished: false,
    });
    return { projection, number, parts: 1 };
  };
  /** Brings parts that lag behind to where the furthest one stands; all of it is kept, or nothing. */
  const levelled = async (generations: readonly Generation[], level?: Level): Promise<readonly Kept[]> => {
    const copies = generations.map((generation) => ({ generation, copy: copyOf(findStanding(generation)) }));
    const to = copies
      .flatMap(({ copy }) => copy.checkpoints.map(({ position }) => position))
      .reduce((furthest, place) => (place > furthest ? place : furthest));
    for (const { generation, copy } of copies)
      for (const part of partsOf(generation.parts)) {
        const from = copy.checkpoints[part.part] as Checkpoint;
        if (from.position === to) continue;
        if (level === undefined) throw new CheckpointMoved(generation.projection.name);
        await level({ generation, part, from, to }, transaction(copy, part));
      }
    for (const { generation, copy } of copies)
      kept.get(generation.projection.name)?.set(generation.number, copy);
    return copies.map(({ copy }) => copy);
  };
  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  };

  return {
    open: async (projection) => {
      const number = active.get(projection.name) ?? begin(projection).number;
      const generation = { projection, number, parts: partsInUse(projection) };
      const found = find(generation);
      if (versionOf(found.projection) !== versionOf(projection))
        throw new KarnamaError(
          'definition-changed',
          `projection ${projection.name} is kept by another definition`,
          'run: karnama rebuild',
        );
      found.finished = true;
      active.set(projection.name, number);
      return generation;
    },
    checkpoint: async (generation, part) => {
      const { checkpoints } = findStanding(generation, part);
      return part === undefined ? together(checkpoints) : (checkpoints[part.part] as Checkpoint);
    },
    states: async (generation, entities) => {
      const { states } = find(generation);
      return new Map(
        entities.flatMap((entity) => (states.has(entity) ? [[entity, states.get(entity) ?? '']] : [])),
      );
    },
    async *allStates(generation) {
      yield [...find(generation).states].sort(([a], [b]) => (a < b ? -1 : 1));
    },
    transact: (generation, work, part = whole) =>
      exclusively(async () => {
        const copy = copyOf(findStanding(generation, part));
        const result = await work(transaction(copy, part));
        kept.get(generation.projection.name)?.set(generation.number, copy);
        return result;
      }),
    settle: async () => undefined,
    query: (generation, query) => ask(find(generation), query),
    series: (generation, query) => follow(find(generation), query),
    async hold(projection, signal, own = []) {
      const taken = held.get(projection.name) ?? [];
      held.set(projection.name, taken);
      while (!signal.aborted) {
        const isFree = (part: Part): boolean => ![...own, ...taken].some((other) => isSamePart(part, other));
        const part = partsOf(partsInUse(projection)).find(isFree);
        if (part === undefined) {
          await freed.next(signal);
          continue;
        }
        taken.push(part);
        return {
          part,
          release: async () => {
            taken.splice(taken.indexOf(part), 1);
            freed.ring();
          },
        };
      }
      return undefined;
    },
    begin: async (projection) => begin(projection),
    finish: async (generation) => {
      find(generation).finished = true;
    },
    compare: (left, right, limit, level) =>
      exclusively(async () => {
        const [l, r] = (await levelled([left, right], level)) as [Kept, Kept];
        return compare(l, r, limit);
      }),
    switchTo: (generation, evenBehind = false) =>
      exclusively(async () => {
        const name = generation.projection.name;
        const found = findStanding(generation);
        if (!found.finished)
          throw new KarnamaError(
            'not-finished',
            `generation ${generation.number} of ${name} is not finished`,
          );
        const before = active.get(name);
        const used = before === undefined ? undefined : kept.get(name)?.get(before);
        if (!evenBehind && used !== undefined && isBehind(found, used)) throw new CheckpointMoved(name);
        if (before !== undefined && before !== generation.number) kept.get(name)?.delete(before);
        const parts = used?.checkpoints.length ?? 1;
        splitUp(found, parts);
        active.set(name, generation.number);
        freed.ring();
        return { ...generation, parts };
      }),
    resplit: (generation, parts, level) =>
      exclusively(async () => {
        const [found] = (await levelled([generation], level)) as [Kept];
        splitUp(found, parts);
        freed.ring();
        return { ...generation, parts };
      }),
    absorb: (generation, addition, from, to) =>
      exclusively(async () => {
        const copy = copyOf(findStanding(generation, whole));
        const { states, tables } = find(addition);
        const tx = transaction(copy, whole);
        await tx.advance(from, to);
        await tx.save([...states], []);
        for (const [code, [base]] of tables) await tx.add(code, base?.values() ?? []);
        kept.get(generation.projection.name)?.set(generation.number, copy);
        kept.get(addition.projection.name)?.delete(addition.number);
      }),
    drop: async (generation) => {
      kept.get(generation.projection.name)?.delete(generation.number);
    },
    spool: async () => memorySpool(spools, spoolNumber++),
    async *spooled(runs) {
      for (const { spool, at } of runs) yield spools.get(spool)?.[at] ?? [];
    },
  };
};

/** Lines of all open spools of a store, by the number of the spool. */
type Spools = Map<number, string[][]>;

const memorySpool = (spools: Spools, number: number): Spool => {
  /** Each run is the lines of a lot since they were asked for last. */
  const runs: string[][] = [];
  spools.set(number, runs);
  let lots = new Map<number, string[]>();
  return {
    put(lot, line) {
      const lines = lots.get(lot);
      if (lines === undefined) lots.set(lot, [line]);
      else lines.push(line);
      return undefined;
    },
    async sorted() {
      const sorted = new Map<number, readonly SpoolRun[]>();
      for (const [lot, lines] of lots) {
        const length = lines.reduce((sum, line) => sum + line.length + 1, 0);
        sorted.set(lot, [{ spool: number, at: runs.push(lines) - 1, length }]);
      }
      lots = new Map();
      return sorted;
    },
    close: async () => void spools.delete(number),
  };
};

const versionOf = ({ register, dataflows }: Projection): string =>
  [register.version, ...dataflows.map(({ code, version }) => `${code}@${version}`)].join(' ');

/** What all parts together have counted. */
const together = (checkpoints: readonly Checkpoint[]): Checkpoint => {
  if (checkpoints.length === 1) return checkpoints[0] as Checkpoint;
  const lowest = checkpoints.reduce((low, one) => (one.position < low.position ? one : low));
  const sum = (of: (checkpoint: Checkpoint) => bigint): bigint =>
    checkpoints.reduce((all, checkpoint) => all + of(checkpoint), 0n);
  return {
    ...lowest,
    events: sum(({ events }) => events),
    repeats: sum(({ repeats }) => repeats),
    parts: checkpoints.map(({ position }) => position),
  };
};

/** The first part has the counts of all. */
const splitUp = (kept: Kept, parts: number): void => {
  const { parts: positions = [], ...at } = together(kept.checkpoints);
  if (new Set(positions).size > 1) throw new CheckpointMoved(kept.projection.name);
  kept.checkpoints = partsOf(parts).map(({ part }) => (part === 0 ? at : { ...at, events: 0n, repeats: 0n }));
};

/** Whether a part of one is behind a part of the other. */
const isBehind = (one: Kept, other: Kept): boolean =>
  one.checkpoints.some((own) => other.checkpoints.some(({ position }) => own.position < position));

const copyOf = (kept: Kept): Kept => ({
  ...kept,
  states: new Map(kept.states),
  tables: new Map([...kept.tables].map(([code, tables]) => [code, tables.map((table) => new Map(table))])),
});

const emptyTables = (dataflow: Dataflow<never>): Table[] => [
  new Map<string, Cell>(),
  ...dataflow.rollUps.map(() => new Map<string, Cell>()),
];

const transaction = (kept: Kept, { part }: Part): CellTransaction => ({
  save: async (created, changed) => {
    for (const [entity, state] of [...created, ...changed]) kept.states.set(entity, state);
  },
  add: async (code, deltas) => {
    const dataflow = dataflowOf(kept, code);
    const [base, ...rollUps] = kept.tables.get(code) as [Table, ...Table[]];
    let count = 0;
    for (const delta of deltas) {
      addTo(base, delta);
      rollUps.forEach((table, i) => addTo(table, rolledUp(dataflow, dataflow.rollUps[i] as RollUp, delta)));
      count++;
    }
    return count;
  },
  advance: async (from, { parts: _, ...to }) => {
    if (kept.checkpoints[part]?.position !== from.position) throw new CheckpointMoved(kept.projection.name);
    kept.checkpoints = kept.checkpoints.map((before, at) => (at === part ? to : before));
  },
});

const dataflowOf = (kept: Kept, code: string): Dataflow<never> => {
  const found = kept.projection.dataflows.find((dataflow) => dataflow.code === code);
  if (found === undefined) throw new KarnamaError('unknown-dataflow', `no dataflow "${code}" is kept`);
  return found;
};

const rolledUp = (dataflow: Dataflow<never>, rollUp: RollUp, delta: CellDelta): CellDelta => ({
  month: rollUp.time === 'declared' ? delta.declared : delta.month,
  declared: 0,
  epoch: delta.epoch,
  codes: rollUp.dimensions.map(
    (code) => delta.codes[dataflow.dimensions.findIndex((d) => d.code === code)] as string,
  ),
  measures: delta.measures,
});

const addTo = (table: Table, delta: CellDelta): void => {
  const key = [delta.month, delta.declared, delta.epoch, ...delta.codes].join('\u001f');
  const found = table.get(key);
  const measures = delta.measures.map((value, i) => BigInt(value) + (found?.measures[i] ?? 0n));
  table.set(key, { ...delta, measures });
};

const ask = async function* (kept: Kept, query: CellQuery): AsyncIterable<CellGroup> {
  const dataflow = dataflowOf(kept, query.dataflow);
  const { index, dimensions } = tableFor(dataflow, query);
  const places = measurePlaces(dataflow, query.measures);
  const base = index === 'base';
  const table = (kept.tables.get(query.dataflow) as Table[])[base ? 0 : index + 1] as Table;
  const valueOf = (cell: Cell, column: string): string | number => {
    if (column === 'month') return base && query.time === 'declared' ? cell.declared : cell.month;
    if (column === 'effective') return cell.month;
    if (column === 'declared') return cell.declared;
    if (column === 'epoch') return cell.epoch;
    return cell.codes[dimensions.indexOf(column)] as string;
  };
  const groups = new Map<string, { group: (string | number)[]; measures: bigint[] }>();
  if (query.by.length === 0)
    groups.set('', { group: [], measures: new Array<bigint>(places.length).fill(0n) });
  for (const cell of table.values()) {
    const month = valueOf(cell, 'month') as number;
    if (query.from !== undefined && month < query.from) continue;
    if (query.to !== undefined && month > query.to) continue;
    if (query.maxEpoch !== undefined && cell.epoch > query.maxEpoch) continue;
    if (!Object.entries(query.where).every(([code, filter]) => passes(String(valueOf(cell, code)), filter)))
      continue;
    const group = query.by.map((column) => valueOf(cell, column));
    const key = group.join('\u001f');
    const found = groups.get(key);
    const measures = places.map((place) => cell.measures[place] ?? 0n);
    if (found === undefined) groups.set(key, { group, measures });
    else measures.forEach((value, i) => (found.measures[i] = (found.measures[i] ?? 0n) + value));
  }
  yield* [...groups.values()].sort((a, b) => compareGroups(a.group, b.group));
};

const follow = async (kept: Kept, query: SeriesQuery): Promise<readonly CellSeries[]> => {
  const all = new Map<string, { group: (string | number)[]; months: number[]; sums: Whole[][] }>();
  for await (const { group: found, measures } of ask(kept, { ...query, by: [...query.by, 'month'] })) {
    if (measures.every((value) => value === 0n)) continue;
    const group = found.slice(0, -1);
    const key = group.join('\u001f');
    const series = all.get(key) ?? { group, months: [], sums: query.measures.map(() => []) };
    all.set(key, series);
    series.months.push(Number(found.at(-1)));
    series.sums.forEach((sums, i) => sums.push(wholeOf(measures[i] ?? 0n)));
  }
  return [...all.values()];
};

const wholeOf = (value: bigint): Whole => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const passes = (code: string, { codes, prefixes }: CodeFilter): boolean =>
  codes.includes(code) || prefixes.some((prefix) => code.startsWith(prefix));

const compareGroups = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : (a[at] as string | number) < (b[at] as string | number) ? -1 : 1;
};

const compare = (
  left: Kept,
  right: Kept,
  limit: number,
): { compared: bigint; differing: bigint; differences: CellDifference[] } => {
  let compared = 0n;
  const differences: CellDifference[] = [];
  for (const dataflow of left.projection.dataflows) {
    const names = ['base', ...dataflow.rollUps.map(nameOfRollUp)];
    names.forEach((name, i) => {
      const l = left.tables.get(dataflow.code)?.[i] ?? new Map<string, Cell>();
      const r = right.tables.get(dataflow.code)?.[i] ?? new Map<string, Cell>();
      const keys = new Map([...l, ...r]);
      for (const [key, cell] of [...keys].sort(([, a], [, b]) => compareCells(a, b))) {
        const [a, b] = [inUse(l.get(key)), inUse(r.get(key))];
        if (a === null && b === null) continue;
        compared++;
        if (a?.join() !== b?.join())
          differences.push({
            dataflow: dataflow.code,
            table: name,
            cell: [cell.month, cell.declared, cell.epoch, ...cell.codes].join(' '),
            left: a,
            right: b,
          });
      }
    });
  }
  return { compared, differing: BigInt(differences.length), differences: differences.slice(0, limit) };
};

/** A cell of zeros equals no cell. */
const inUse = (cell: Cell | undefined): readonly bigint[] | null =>
  cell === undefined || cell.measures.every((value) => value === 0n) ? null : cell.measures;
