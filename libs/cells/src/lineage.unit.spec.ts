import { describe, expect, it } from '@jest/globals';
import { memoryCellStore } from '@karnama/adapter-memory';
import type { RecordSource } from '@karnama/kernel';
import type { CellDelta } from './cell-store.js';
import { beginning } from './cell-store.js';
import type { Dataflow, Projection } from './dataflow.js';
import { checkIdentities } from './identities.js';
import { tracesOf } from './lineage.js';

type Worker = { readonly area: string; readonly months: readonly number[] };

const named = (code: string) => ({ code, name: { fa: code, en: code } });
const measured = (code: string) => ({
  ...named(code),
  unit: { fa: '', en: '' },
  definition: { fa: '', en: '' },
});
const source = (recordId: string): RecordSource => ({
  agency: 'a',
  contract: 'c',
  recordId,
  version: 1,
  position: '7',
  withdrawn: false,
});

/** One job in each month, gone in the next. */
const jobs: Dataflow<Worker> = {
  code: 'JOBS',
  version: 1,
  name: { fa: '', en: '' },
  description: { fa: '', en: '' },
  dimensions: [named('area'), named('sex')],
  measures: [measured('jobs'), measured('hires'), measured('ends')],
  rollUps: [],
  identities: [{ stock: 'jobs', in: ['hires'], out: ['ends'] }],
  *contributions({ area, months }) {
    for (const month of months) {
      yield { month, declared: month, codes: [area, 'F'], measures: [1, 1, 0], units: 1 };
      yield { month: month + 1, declared: month + 1, codes: [area, 'F'], measures: [-1, 0, 1], units: 1 };
    }
  },
};

const projection: Projection<Worker> = {
  name: 'workers',
  dataflows: [jobs],
  register: {
    code: 'workers',
    version: 1,
    reads: ['Worker'],
    entitiesOf: () => [],
    initial: { area: '', months: [] },
    evolve: (state) => state,
    encode: (state) => JSON.stringify(state),
    decode: (text) => JSON.parse(text) as Worker,
    sources: ({ area }) => [source(area)],
  },
};

const stored = async (workers: Readonly<Record<string, Worker>>, cells: readonly CellDelta[] = []) => {
  const store = memoryCellStore();
  const generation = await store.open(projection);
  await store.transact(generation, async (tx) => {
    await tx.save(
      Object.entries(workers).map(([name, worker]) => [name, JSON.stringify(worker)] as const),
      [],
    );
    await tx.add('JOBS', cells);
    await tx.advance(beginning, { ...beginning, position: 1n });
  });
  return { store, generation };
};

describe('the way from a figure back to its entities', () => {
  const workers = {
    ali: { area: 'IR-01', months: [10] },
    maryam: { area: 'IR-01', months: [10, 12] },
    sara: { area: 'IR-02', months: [11] },
  };
  const traced = async (selection: Parameters<typeof tracesOf>[3]) => {
    const { store, generation } = await stored(workers);
    const found = [];
    for await (const { entity, measures, sources } of tracesOf(store, generation, jobs, selection))
      found.push([entity, ...measures, sources.map(({ recordId }) => recordId).join()]);
    return found;
  };
  const area = (...codes: string[]) => ({ area: { codes, prefixes: [] } });

  it('names who contributes to the chosen cells, how much, and by which records', async () => {
    expect(await traced({ where: area('IR-01'), from: 10, to: 10 })).toEqual([
      ['ali', 1, 1, 0, 'IR-01'],
      ['maryam', 1, 1, 0, 'IR-01'],
    ]);
    expect(await traced({ where: area('IR-01'), from: 13 })).toEqual([['maryam', -1, 0, 1, 'IR-01']]);
    expect(await traced({ where: area('IR-01'), from: 14 })).toEqual([]);
  });

  it('follows prefixes, and every dimension asked for', async () => {
    expect(await traced({ where: { area: { codes: [], prefixes: ['IR-'] } }, to: 10 })).toHaveLength(2);
    expect(
      await traced({ where: { ...area('IR-02'), sex: { codes: ['F'], prefixes: [] } }, to: 11 }),
    ).toHaveLength(1);
    expect(await traced({ where: { sex: { codes: ['M'], prefixes: [] } } })).toEqual([]);
  });

  it('leaves out whose contributions cancel out', async () => {
    const whole = await traced({ where: {} });
    expect(whole).toEqual([
      ['ali', 0, 1, 1, 'IR-01'],
      ['maryam', 0, 2, 2, 'IR-01'],
      ['sara', 0, 1, 1, 'IR-02'],
    ]);
  });
});

describe('stock identities', () => {
  const cell = (epoch: number, ...measures: number[]): CellDelta => ({
    month: 2025 * 12,
    declared: 2025 * 12,
    epoch,
    codes: ['IR-01', 'F'],
    measures: [...measures, 0, 0],
  });

  it('hold in every cell of every epoch, or the cell is told', async () => {
    const { store, generation } = await stored({}, [cell(1, 2, 3, 1), cell(2, 1, 0, 0), cell(3, -1, 1, 2)]);
    const { checked, broken } = await checkIdentities(store, generation, 10);
    expect(checked).toBe(3n);
    expect(broken).toEqual([
      {
        dataflow: 'JOBS',
        identity: jobs.identities?.[0],
        cell: '2025-01, epoch 2, IR-01, F',
        change: 1n,
        flows: 0n,
      },
    ]);
  });

  it('are told of at most as many times as asked', async () => {
    const { store, generation } = await stored({}, [cell(1, 9, 0, 0), cell(2, 9, 0, 0), cell(3, 9, 0, 0)]);
    expect((await checkIdentities(store, generation, 2)).broken).toHaveLength(2);
  });
});
